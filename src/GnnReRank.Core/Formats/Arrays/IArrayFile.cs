namespace GnnReRank.Formats.Arrays;

/// <summary>An open file of named arrays.</summary>
internal interface IArrayFile : IDisposable
{
    /// <summary>The file's path.</summary>
    string Path { get; }

    /// <summary>The names of the arrays, in the file's order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What to tell of how the arrays were found; none where the file names them.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>An array that must hold real numbers.</summary>
    /// <exception cref="GnnReRankException">It holds something else, or claims more than the file has.</exception>
    NumericArray Numbers(string name);

    /// <summary>An array that must hold strings.</summary>
    /// <exception cref="GnnReRankException">It holds something else, or claims more than the file has.</exception>
    TextArray Text(string name);

    /// <summary>Verifies the checksum of an array that is left out, where the format has one: what looks unfit may be damaged.</summary>
    /// <param name="name">The array.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    void Verify(string name, CancellationToken cancellation)
    {
    }

    /// <summary>Verifies what was not asked for, where the format has checksums that also cover names; called once all was read.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    void CheckRest(CancellationToken cancellation)
    {
    }
}
