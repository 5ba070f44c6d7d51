using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>What is known of the rows beside their features: read before those, since it says which of them to read.</summary>
internal sealed class ParquetRows
{
    private readonly ParquetFile _file;
    private readonly LabelNumbers _labelNumbers;
    private readonly List<string> _warnings;
    private readonly List<Part> _parts = [];
    private readonly ParquetScalar<long>? _labels;
    private readonly ParquetScalar<long>? _cameras;
    private readonly ParquetScalar<string>? _names;
    private readonly ParquetScalar<string>? _sets;
    private readonly Dictionary<FeatureRole, ParquetScalar<bool>> _flags;

    /// <summary>Finds the columns; reads nothing.</summary>
    public ParquetRows(ParquetFile file, ColumnRoles roles)
    {
        _file = file;
        _warnings = [.. roles.Warnings];
        _labelNumbers = new LabelNumbers(roles.TakesTextLabels);
        _labels = Whole(file, roles.Label, _labelNumbers);
        _cameras = Whole(file, roles.Camera);
        _names = Texts(file, roles.Name);
        _sets = Texts(file, roles.Set);
        _flags = roles.SetFlags.ToDictionary(flag => flag.Key, flag => Truths(file, flag.Value));
        Add(_labels, roles.IsLabelOptional, "labels", "-LabelColumn");
        Add(_cameras, roles.IsCameraOptional, "cameras", "-CameraColumn");
        Add(_names, roles.IsNameOptional, "names", "-NameColumn");
        foreach (IParquetScalar? sets in _flags.Values.Append<IParquetScalar?>(_sets))
        {
            Add(sets, isOptional: false, "sets", string.Empty);
        }
    }

    /// <summary>The number of rows read; where there is no column to read, those that the file claims.</summary>
    public int RowCount { get; private set; }

    public long[]? Labels { get; private set; }

    /// <summary>The texts of labels that were texts; null where all were numbers.</summary>
    public ReadOnlyDictionary<long, string>? LabelNames => Labels is null ? null : _labelNumbers.Names;

    public int[]? Cameras { get; private set; }

    public string[]? Names { get; private set; }

    /// <summary>What a person should check, with what was left out.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The sets of the rows, where sets were asked for.</summary>
    public RowSets? Sets { get; private set; }

    /// <summary>Reads row groups until there are so many rows, or to the end.</summary>
    public void Read(int rowsNeeded, CancellationToken cancellation)
    {
        for (int index = 0; index < _file.RowGroupCount && RowCount < rowsNeeded; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using RowGroupReader group = _file.RowGroup(index);
            int rows = ParquetFile.RowCountOf(group);
            foreach (Part part in _parts.ToArray())
            {
                Take(part, () => part.Column.Append(group, rows, cancellation));
            }

            RowCount = FeatureMatrixChecks.ElementCount((long)RowCount + rows, 1);
        }

        Labels = IsTaken(_labels) ? _labels!.TakeValues() : null;
        Names = IsTaken(_names) ? _names!.TakeValues() : null;
        Sets = _sets is not null ? new RowSets(_sets.TakeValues())
            : _flags.Count > 0 ? new RowSets(_flags.ToDictionary(flag => flag.Key, flag => flag.Value.TakeValues()))
            : null;
        if (_parts.FirstOrDefault(part => part.Column == _cameras) is Part cameras)
        {
            Take(cameras, () => Cameras = Narrow(_cameras!));
        }
    }

    private void Add(IParquetScalar? column, bool isOptional, string what, string parameter)
    {
        if (column is not null)
        {
            _parts.Add(new Part(column, isOptional, what, parameter));
        }
    }

    private bool IsTaken(IParquetScalar? column) => column is not null && _parts.Exists(part => part.Column == column);

    private void Take(Part part, Action read)
    {
        try
        {
            read();
        }
        catch (GnnReRankException unfit) when (part.IsOptional && Guess.IsUnfit(unfit))
        {
            _parts.Remove(part);
            _warnings.Add(Guess.LeftOut(unfit, part.What, part.Parameter));
        }
    }

    private static ParquetScalar<long>? Whole(ParquetFile file, int? position, LabelNumbers? labels = null)
    {
        if (position is null)
        {
            return null;
        }

        ParquetColumn column = file.Columns[position.Value];
        return new ParquetScalar<long>(file, column, (group, rowsBefore) => ParquetValues.Integers(
            group, column, (position, found) => WholeNumbers.NotWhole(file.Path, rowsBefore() + position, column.Name, found), labels));
    }

    private static ParquetScalar<string>? Texts(ParquetFile file, int? position) => position is null
        ? null
        : new ParquetScalar<string>(
            file, file.Columns[position.Value], (group, _) => ParquetValues.Texts(group, file.Columns[position.Value]));

    // What says nothing of a set, as a row for training, belongs to none.
    private static ParquetScalar<bool> Truths(ParquetFile file, int position) => new(
        file, file.Columns[position], (group, _) => ParquetValues.Truths(group, file.Columns[position], file.Path), room: null, new StrongBox<bool>(false));

    private int[] Narrow(ParquetScalar<long> cameras)
    {
        long[] wide = cameras.TakeValues();
        int outside = Array.FindIndex(wide, camera => camera is < int.MinValue or > int.MaxValue);
        return outside < 0
            ? Array.ConvertAll(wide, camera => (int)camera)
            : throw WholeNumbers.NotWhole(_file.Path, outside, cameras.Name, $"{wide[outside]}, past 32 bits");
    }

    private sealed record Part(IParquetScalar Column, bool IsOptional, string What, string Parameter);
}
