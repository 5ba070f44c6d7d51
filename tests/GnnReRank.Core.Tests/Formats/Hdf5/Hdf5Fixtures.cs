namespace GnnReRank.Tests.Formats.Hdf5;

/// <summary>The fixtures in tests/data/hdf5.</summary>
internal static class Hdf5Fixtures
{
    public static FeatureMatrix Read(string file, string? features = null) => Assert.Single(
        FeatureFile.Read(TestPaths.Data("hdf5", file), Options(features)).Matrices);

    public static GnnReRankException Refused(string file, string? features = null) =>
        Formulas.Refused(TestPaths.Data("hdf5", file), Options(features));

    private static FeatureReadOptions Options(string? features) => new() { FeatureColumns = features is null ? null : [features] };
}
