namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>The valid files that are mutated and cut, with how each is read. One line a file.</summary>
internal static class FuzzCases
{
    private static readonly FeatureReadOptions _whole = new();
    private static readonly FeatureReadOptions _sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    private static readonly Dictionary<string, FeatureReadOptions> _options = new()
    {
        ["numpy/f2_big.npy"] = _whole,
        ["numpy/f4_fortran.npy"] = _whole,
        ["numpy/version3.npy"] = _whole,
        ["numpy/i8.npy"] = _whole,
        ["numpy/sets.npz"] = _sets,
        ["numpy/plain.npz"] = _whole,
        ["numpy/names_big.npz"] = _whole,
        ["numpy/sets.mat"] = _sets,
        ["numpy/sets_compressed.mat"] = _sets,
        ["numpy/cell_names.mat"] = _whole,
        ["numpy/char_names.mat"] = _whole,
        ["numpy/matlab_big.mat"] = _whole,
    };

    public static TheoryData<string> Files => [.. _options.Keys];

    public static FeatureReadOptions OptionsFor(string file) => _options[file];

    public static byte[] Bytes(string file) => File.ReadAllBytes(TestPaths.Data(file.Split('/')));
}
