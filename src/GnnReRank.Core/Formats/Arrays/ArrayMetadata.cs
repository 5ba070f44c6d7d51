namespace GnnReRank.Formats.Arrays;

/// <summary>What is known of each row of an array of features: read before the features, since it says which of them to read.</summary>
internal sealed class ArrayMetadata
{
    private readonly NumericArray? _labels;
    private readonly NumericArray? _cameras;
    private readonly TextArray? _names;

    /// <param name="labels">The labels, or null.</param>
    /// <param name="cameras">The cameras, or null.</param>
    /// <param name="names">The names, or null.</param>
    /// <param name="rowCount">The number of rows, which each array has.</param>
    public ArrayMetadata(NumericArray? labels, NumericArray? cameras, TextArray? names, int rowCount)
    {
        _labels = labels;
        _cameras = cameras;
        _names = names;
        RowCount = rowCount;
    }

    /// <summary>The number of all rows of the file.</summary>
    public int RowCount { get; }

    /// <summary>The labels of the rows taken; null where unknown or before <see cref="Read"/>.</summary>
    public long[]? Labels { get; private set; }

    public int[]? Cameras { get; private set; }

    public string[]? Names { get; private set; }

    /// <summary>Reads what is known of the rows that the options take.</summary>
    /// <param name="options">Which rows to take.</param>
    /// <param name="subject">What they belong to, for messages.</param>
    /// <returns>Those rows in ascending order; null where all are taken.</returns>
    /// <exception cref="GnnReRankException">The selection does not fit the rows, or a number is no label or camera.</exception>
    public int[]? Read(FeatureReadOptions options, string subject)
    {
        RowSelection selection = options.Rows ?? new RowSelection();
        int[]? before = selection.TakesAll || selection.NeedsMetadata
            ? null
            : RowSelector.Rows(selection, labels: null, cameras: null, names: null, RowCount, subject, options.Compute.CancellationToken);
        Labels = _labels is null ? null : Integers(_labels, before, "labels", options);
        Cameras = _cameras is null ? null : CameraNumbers(_cameras, before, options);
        Names = Picked(_names?.Read(options.Compute.CancellationToken), before);
        if (!selection.NeedsMetadata)
        {
            return before;
        }

        int[] rows = RowSelector.Rows(selection, Labels, Cameras, Names, RowCount, subject, options.Compute.CancellationToken);
        (Labels, Cameras, Names) = (Picked(Labels, rows), Picked(Cameras, rows), Picked(Names, rows));
        return rows;
    }

    private static T[]? Picked<T>(T[]? values, int[]? rows) =>
        values is null || rows is null ? values : Array.ConvertAll(rows, row => values[row]);

    private long[] Integers(NumericArray array, int[]? rows, string what, FeatureReadOptions options)
    {
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
                $"'{array.Path}': {array.Text} holds {exception.Message}: {what} must be integers.", exception);
        }
    }

    private int[] CameraNumbers(NumericArray array, int[]? rows, FeatureReadOptions options) => Array.ConvertAll(
        Integers(array, rows, "cameras", options),
        camera => camera is >= int.MinValue and <= int.MaxValue
            ? (int)camera
            : throw new GnnReRankException(
                "CameraOutOfRange", ErrorKind.InvalidData,
                $"'{array.Path}': {array.Text} holds the camera {camera}: cameras are numbers of 32 bits."));
}
