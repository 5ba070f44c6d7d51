namespace GnnReRank.Formats.Delimited;

/// <summary>What tells comma- from tab-separated text, and text from binary files.</summary>
internal static class DelimitedFormats
{
    // Parquet, zip (and .npz), .npy, HDF5 (and MATLAB v7.3), MATLAB v5, gzip within gzip.
    private static readonly byte[][] s_binarySignatures =
    [
        [.. "PAR1"u8], [.. "PK"u8, 3, 4], [0x93, .. "NUMPY"u8], [0x89, .. "HDF"u8], [.. "MATLAB 5.0 MAT-file"u8], [0x1F, 0x8B],
    ];

    // The byte order marks; Excel's "Unicode text" and Windows PowerShell's Unicode encoding write them.
    private static readonly byte[] s_utf16LittleEndian = [0xFF, 0xFE];
    private static readonly byte[] s_utf16BigEndian = [0xFE, 0xFF];

    public static char DelimiterOf(FeatureFormat format) => format == FeatureFormat.Tsv ? '\t' : ',';

    public static IReadOnlyList<string> ExtensionsOf(FeatureFormat format) => format == FeatureFormat.Tsv ? [".tsv", ".tab", ".tsv.gz"] : [".csv", ".csv.gz"];

    /// <summary>Whether a file's first bytes can be text: no NUL but in UTF-16 that says so, and not the signature of a known binary format.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        bool isUtf16 = head.StartsWith(s_utf16LittleEndian) || head.StartsWith(s_utf16BigEndian);
        if (!isUtf16 && head.Contains((byte)0))
        {
            return false;
        }

        foreach (byte[] signature in s_binarySignatures)
        {
            if (head.StartsWith(signature))
            {
                return false;
            }
        }

        return true;
    }
}
