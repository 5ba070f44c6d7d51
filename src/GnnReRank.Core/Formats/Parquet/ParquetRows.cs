using GnnReRank.Formats.Columns;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>What is known of the rows beside their features: read before those, since it says which of them to read.</summary>
internal sealed class ParquetRows
{
    private readonly ParquetFile _file;
    private readonly ParquetScalar<long>? _labels;
    private readonly ParquetScalar<long>? _cameras;
    private readonly ParquetScalar<string>? _names;
    private readonly ParquetScalar<string>? _sets;

    /// <summary>Finds the columns; reads nothing.</summary>
    public ParquetRows(ParquetFile file, ColumnRoles roles)
    {
        _file = file;
        _labels = Whole(file, roles.Label);
        _cameras = Whole(file, roles.Camera);
        _names = Texts(file, roles.Name);
        _sets = Texts(file, roles.Set);
    }

    /// <summary>The number of rows read; where there is no column to read, those that the file claims.</summary>
    public int RowCount { get; private set; }

    public long[]? Labels { get; private set; }

    public int[]? Cameras { get; private set; }

    public string[]? Names { get; private set; }

    /// <summary>The set of each row, where sets were asked for.</summary>
    public string[]? Sets { get; private set; }

    /// <summary>Reads row groups until there are so many rows, or to the end.</summary>
    public void Read(int rowsNeeded, CancellationToken cancellation)
    {
        IParquetScalar[] columns = [.. new IParquetScalar?[] { _labels, _cameras, _names, _sets }.OfType<IParquetScalar>()];
        for (int index = 0; index < _file.RowGroupCount && RowCount < rowsNeeded; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using RowGroupReader group = _file.RowGroup(index);
            int rows = ParquetFile.RowCountOf(group);
            foreach (IParquetScalar column in columns)
            {
                column.Append(group, rows, cancellation);
            }

            RowCount = FeatureMatrixChecks.ElementCount((long)RowCount + rows, 1);
        }

        Labels = _labels?.TakeValues();
        Cameras = _cameras is null ? null : Narrow(_cameras);
        Names = _names?.TakeValues();
        Sets = _sets?.TakeValues();
    }

    private static ParquetScalar<long>? Whole(ParquetFile file, int? position)
    {
        if (position is null)
        {
            return null;
        }

        ParquetColumn column = file.Columns[position.Value];
        return new ParquetScalar<long>(file, column, (group, rowsBefore) => ParquetValues.Integers(
            group, column, (position, found) => WholeNumbers.NotWhole(file.Path, rowsBefore() + position, column.Name, found)));
    }

    private static ParquetScalar<string>? Texts(ParquetFile file, int? position) => position is null
        ? null
        : new ParquetScalar<string>(
            file, file.Columns[position.Value], (group, _) => ParquetValues.Texts(group, file.Columns[position.Value]));

    private int[] Narrow(ParquetScalar<long> cameras)
    {
        long[] wide = cameras.TakeValues();
        int outside = Array.FindIndex(wide, camera => camera is < int.MinValue or > int.MaxValue);
        return outside < 0
            ? Array.ConvertAll(wide, camera => (int)camera)
            : throw WholeNumbers.NotWhole(_file.Path, outside, cameras.Name, $"{wide[outside]}, past 32 bits");
    }
}
