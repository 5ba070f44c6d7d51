using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Npy;

/// <summary>A .npy file: one array without a name.</summary>
internal static class NpyFile
{
    private const string Format = nameof(FeatureFormat.Npy);

    /// <summary>The file's array of numbers.</summary>
    /// <exception cref="GnnReRankException">It is cut short, damaged, or holds something else.</exception>
    public static NumericArray Open(string path)
    {
        try
        {
            return new NpyArray(path, Format, name: string.Empty, new FileInfo(path).Length, () => File.OpenRead(path)).Numbers();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw FormatErrors.Corrupt(path, Format, $"its header is cut short or damaged. {exception.Message}", exception);
        }
    }
}
