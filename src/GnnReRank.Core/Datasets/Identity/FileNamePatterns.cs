using System.Text.RegularExpressions;

namespace GnnReRank.Datasets.Identity;

/// <summary>How file names say the identity (group 1) and the camera (group 2).</summary>
internal static partial class FileNamePatterns
{
    /// <summary>Market-1501, DukeMTMC-reID and CUHK03-NP: 0002_c1s1_000451_03.jpg, -1_c1s1_000401_03.jpg, 0005_c2_f0046985.jpg.</summary>
    [GeneratedRegex(@"([-\d]+)_c(\d)")]
    public static partial Regex Person();

    /// <summary>VeRi-776: 0002_c002_00030600_0.jpg.</summary>
    [GeneratedRegex(@"(\d+)_c(\d{3})")]
    public static partial Regex Vehicle();
}
