namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads runs of one format.</summary>
internal interface IRunReader
{
    /// <summary>Whether a file that starts with these bytes can be of this format.</summary>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <exception cref="GnnReRankException">The file is not usable, or does not fit the matrices.</exception>
    Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options);
}
