namespace GnnReRank.Formats.Arrays;

/// <summary>An array of numbers in a file. Whoever makes one has held the shape it claims against the bytes the file has for it.</summary>
internal sealed class NumericArray
{
    /// <summary>The file's path.</summary>
    public required string Path { get; init; }

    /// <summary>The file's format, for messages.</summary>
    public required string Format { get; init; }

    /// <summary>The array's name in the file; empty where the file holds one array without a name.</summary>
    public required string Name { get; init; }

    /// <summary>The extents, outermost first.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The type of the elements as they are stored.</summary>
    public required ArrayElementType Type { get; init; }

    /// <summary>Whether the elements of a column lie together (Fortran, MATLAB), not those of a row (C).</summary>
    public required bool IsColumnMajor { get; init; }

    /// <summary>What the file says beside the array, for people or for us; null where it says nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>Opens a stream that starts at the first element and ends with the last, but for padding of a few bytes.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>Whether a checksum is verified where the stream is read to its end.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Finds the byte of the file where the first element lies; null where the elements do not lie there as they are.</summary>
    public Func<long?> Locate { get; init; } = static () => null;

    /// <summary>The array for a message: "array 'features' (100 x 64)".</summary>
    public string Text => Name.Length == 0
        ? $"the array {ArrayShape.Text(Shape)}"
        : $"array '{Name}' {ArrayShape.Text(Shape)}";
}
