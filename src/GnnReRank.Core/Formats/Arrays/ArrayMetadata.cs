using System.Collections.ObjectModel;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Arrays;

/// <summary>What is known of each row of an array of features: read before the features, since it says which of them to read.</summary>
/// <param name="rowCount">The number of rows, which each column has.</param>
/// <param name="warnings">Takes what was left out.</param>
internal sealed class ArrayMetadata(int rowCount, List<string> warnings)
{
    private readonly List<string> _warnings = warnings;
    private LabelNumbers _labelNumbers = new(takesTexts: true);

    /// <summary>The number of all rows of the file.</summary>
    public int RowCount { get; } = rowCount;

    public ArrayColumn? LabelColumn { get; init; }

    public ArrayColumn? CameraColumn { get; init; }

    public ArrayColumn? NameColumn { get; init; }

    /// <summary>Throws where a column that looks unfit is damaged; null where no checksum can tell.</summary>
    public Action<ArrayChoice>? Verify { get; init; }

    /// <summary>The labels of the rows taken; null where unknown or before <see cref="Read"/>.</summary>
    public long[]? Labels { get; private set; }

    /// <summary>The texts of labels that were texts; null where all were numbers.</summary>
    public ReadOnlyDictionary<long, string>? LabelNames => Labels is null ? null : _labelNumbers.Names;

    public int[]? Cameras { get; private set; }

    public string[]? Names { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads what is known of the rows that the options take.</summary>
    /// <param name="options">Which rows to take.</param>
    /// <param name="subject">What they belong to, for messages.</param>
    /// <returns>Those rows in ascending order; null where all are taken.</returns>
    /// <exception cref="GnnReRankException">The selection does not fit the rows, or a value is no label or camera.</exception>
    public int[]? Read(FeatureReadOptions options, string subject)
    {
        RowSelection selection = options.Rows ?? new RowSelection();
        int[]? before = selection.TakesAll || selection.NeedsMetadata
            ? null
            : RowSelector.Rows(selection, labels: null, cameras: null, names: null, RowCount, subject, options.Compute.CancellationToken);
        _labelNumbers = new LabelNumbers(LabelColumn?.Choice.TakesTexts ?? true);
        Labels = ArrayGuess.Take(LabelColumn, LabelColumn?.Choice.IsOptional == true, ArrayGuess.Labels, _warnings, column => Integers(column, before, _labelNumbers.TryNumber, ArrayGuess.Labels.What, options), VerifyColumn);
        Cameras = ArrayGuess.Take(CameraColumn, CameraColumn?.Choice.IsOptional == true, ArrayGuess.Cameras, _warnings, column => CameraNumbers(column, before, options), VerifyColumn);
        Names = ArrayGuess.Take(NameColumn, NameColumn?.Choice.IsOptional == true, ArrayGuess.Names, _warnings, column => Picked(column.Texts!.Read(options.Compute.CancellationToken), before)!, VerifyColumn);
        if (!selection.NeedsMetadata)
        {
            return before;
        }

        int[] rows = RowSelector.Rows(selection, Labels, Cameras, Names, RowCount, subject, options.Compute.CancellationToken);
        (Labels, Cameras, Names) = (Picked(Labels, rows), Picked(Cameras, rows), Picked(Names, rows));
        return rows;
    }

    private void VerifyColumn(ArrayColumn column) => Verify?.Invoke(column.Choice);

    private delegate bool Numbering(ReadOnlySpan<char> text, out long number);

    private static T[]? Picked<T>(T[]? values, int[]? rows) =>
        values is null || rows is null ? values : Array.ConvertAll(rows, row => values[row]);

    private long[] Integers(ArrayColumn column, int[]? rows, Numbering numbering, string what, FeatureReadOptions options)
    {
        if (column.Numbers is not NumericArray array)
        {
            return Picked(Numbered(column, numbering, options), rows)!;
        }

        ComputeOptions quiet = options.Compute with { Progress = null };
        try
        {
            return rows is null
                ? ArrayReader.Read<long>(array, RowCount, 1, ElementConversion.ToIntegers, quiet)
                : ArrayReader.Read<long>(array, RowCount, 1, new ArrayPick(rows, Columns: null), ElementConversion.ToIntegers, quiet);
        }
        catch (NotWholeException exception)
        {
            throw new GnnReRankException(
                "NotAnInteger", ErrorKind.InvalidData,
                $"'{array.Path}': {array.Text} holds {exception.Message}: {what} are whole numbers{(what == ArrayGuess.Labels.What ? " or texts" : string.Empty)}.", exception);
        }
    }

    private static long[] Numbered(ArrayColumn column, Numbering numbering, FeatureReadOptions options)
    {
        string[] texts = column.Texts!.Read(options.Compute.CancellationToken);
        long[] numbers = new long[texts.Length];
        for (int row = 0; row < texts.Length; row++)
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            if (!numbering(texts[row], out numbers[row]))
            {
                throw WholeNumbers.NotWhole(column.Path, row, column.Choice.Name, $"'{texts[row]}'");
            }
        }

        return numbers;
    }

    private int[] CameraNumbers(ArrayColumn column, int[]? rows, FeatureReadOptions options) => Array.ConvertAll(
        Integers(column, rows, WholeNumbers.TryParse, ArrayGuess.Cameras.What, options),
        camera => camera is >= int.MinValue and <= int.MaxValue
            ? (int)camera
            : throw new GnnReRankException(
                "CameraOutOfRange", ErrorKind.InvalidData,
                $"'{column.Path}': {column.Text} holds the camera {camera}: cameras are numbers of 32 bits."));
}
