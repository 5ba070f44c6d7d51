using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.BigAnn;

/// <summary>What tells the formats of the big-ann benchmarks apart, which have no mark in the file: the ending alone.</summary>
internal static class BigAnnFormats
{
    /// <summary>The number of rows and the number of values a row, as 32-bit integers without sign.</summary>
    public const int HeaderLength = 2 * sizeof(uint);

    public static ArrayElementType TypeOf(FeatureFormat format) => format switch
    {
        FeatureFormat.F16bin => new(ElementKind.FloatingPoint, sizeof(short), IsBigEndian: false),
        FeatureFormat.Ibin => new(ElementKind.SignedInteger, sizeof(int), IsBigEndian: false),
        FeatureFormat.U8bin => new(ElementKind.UnsignedInteger, sizeof(byte), IsBigEndian: false),
        FeatureFormat.I8bin => new(ElementKind.SignedInteger, sizeof(sbyte), IsBigEndian: false),
        _ => new(ElementKind.FloatingPoint, sizeof(float), IsBigEndian: false),
    };
}
