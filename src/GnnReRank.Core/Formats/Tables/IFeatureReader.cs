namespace GnnReRank.Formats.Tables;

/// <summary>Reads one file format. Readers never allocate what a header claims before the file's own size allows it.</summary>
internal interface IFeatureReader
{
    FeatureFormat Format { get; }

    /// <summary>File name endings with their dot, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether features can stay in such a file, mapped into the address space.</summary>
    bool CanMap => false;

    /// <summary>Whether the first bytes of such a file tell it from others.</summary>
    bool HasSignature => true;

    /// <summary>Whether a file that starts with these bytes (up to 1,024) can be of this format.</summary>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>
    /// One table, or one for each of the options' sets, in their order. A reader that leaves out rows and columns as the options say
    /// marks its tables so (<see cref="FeatureTable.IsSelected"/>); of others they are taken out afterwards.
    /// </summary>
    /// <exception cref="GnnReRankException">The file is not usable; anything else that is thrown is a fault of the reader.</exception>
    IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options);
}
