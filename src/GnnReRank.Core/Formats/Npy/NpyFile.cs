using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Npy;

/// <summary>A .npy file: one array of numbers without a name.</summary>
internal static class NpyFile
{
    private const string Format = nameof(FeatureFormat.Npy);

    /// <summary>Opens the file's array.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static NpyArray Open(string path, FeatureReadOptions options) =>
        new(path, Format, name: string.Empty, InputFile.LengthOf(path), () => InputFile.OpenRead(path)) { Locate = dataStart => dataStart, Options = options };

    /// <summary>Opens the file's array and hands it to whoever reads it.</summary>
    /// <exception cref="GnnReRankException">The file is cut short, damaged, or holds something else.</exception>
    public static T Read<T>(string path, Func<NumericArray, T> read) => Use(path, array => read(array.Numbers()));

    /// <summary>Whether the file's array holds Python objects.</summary>
    /// <exception cref="GnnReRankException">The file is cut short, damaged, or holds something else.</exception>
    public static bool HoldsObjects(string path) => Use(path, array => array.HoldsObjects);

    private static T Use<T>(string path, Func<NpyArray, T> use)
    {
        try
        {
            return use(Open(path, new FeatureReadOptions()));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, Format, $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
