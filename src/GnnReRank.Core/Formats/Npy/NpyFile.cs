using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Npy;

/// <summary>A .npy file: one array of numbers without a name.</summary>
internal static class NpyFile
{
    private const string Format = nameof(FeatureFormat.Npy);

    /// <summary>Opens the file's array.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static NpyArray Open(string path) =>
        new(path, Format, name: string.Empty, InputFile.LengthOf(path), () => InputFile.OpenRead(path), dataStart => dataStart);

    /// <summary>Opens the file's array and hands it to whoever reads it.</summary>
    /// <exception cref="GnnReRankException">The file is cut short, damaged, or holds something else.</exception>
    public static T Read<T>(string path, Func<NumericArray, T> read)
    {
        try
        {
            return read(Open(path).Numbers());
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, Format, $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
