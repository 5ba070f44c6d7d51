using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Tuning;

/// <summary>Labelled rows in clusters that overlap, so that methods differ and none is perfect.</summary>
internal static class LabelledSets
{
    public const int Identities = 12;

    /// <summary>Labels go 0, 1, ..., 11, 0, ...; cameras change after each round of them.</summary>
    public static FeatureMatrix Of(int rows, int seed, FeatureRole role, int cameras = 0)
    {
        FeatureMatrix made = MadeFeatures.Clustered(rows, 6, Identities, seed);
        float[] values = [.. Enumerable.Range(0, rows).SelectMany(made.GetRow)];
        return new FeatureMatrix(
            values, rows, 6,
            Enumerable.Range(0, rows).Select(row => (long)(row % Identities)),
            cameras == 0 ? null : Enumerable.Range(0, rows).Select(row => row / Identities % cameras),
            Enumerable.Range(0, rows).Select(row => $"{role}{row}.jpg"), role);
    }
}
