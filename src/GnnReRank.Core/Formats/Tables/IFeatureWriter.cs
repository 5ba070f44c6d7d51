namespace GnnReRank.Formats.Tables;

/// <summary>Writes one file format.</summary>
internal interface IFeatureWriter
{
    FeatureFormat Format { get; }

    /// <summary>Whether one file can hold several matrices (told apart by their roles).</summary>
    bool HoldsSeveral { get; }

    /// <summary>Writes a new file at exactly this path, which is not yet the final one.</summary>
    void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options);
}
