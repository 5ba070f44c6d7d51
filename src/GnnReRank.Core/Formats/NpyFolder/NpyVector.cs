using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Npy;

namespace GnnReRank.Formats.NpyFolder;

/// <summary>The vector in one .npy file of a folder.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Bytes">The elements as they are stored.</param>
internal sealed record NpyVector(string Path, ArrayElementType Type, byte[] Bytes)
{
    private const string Format = nameof(FeatureFormat.Npy);

    /// <summary>The number of elements.</summary>
    public int Length => Bytes.Length / Type.Size;

    /// <exception cref="GnnReRankException">The file is damaged, or holds anything but one vector of numbers.</exception>
    public static NpyVector Read(string path)
    {
        try
        {
            // A folder holds very many files: each is opened once.
            byte[] file = InputFile.ReadAllBytes(path);
            NumericArray array = new NpyArray(path, Format, name: string.Empty, file.Length, () => new MemoryStream(file)).Numbers();
            if (array.Shape.Count(extent => extent != 1) > 1)
            {
                throw new GnnReRankException(
                    "WrongArrayShape", ErrorKind.InvalidData,
                    $"'{path}': {array.Text} is no vector: in a folder of .npy files each holds the features of one image, as d, 1 x d or d x 1. Read a file with several rows by its own path.");
            }

            using Stream stream = array.Open();
            byte[] bytes = new byte[ArrayShape.ElementCount(array.Shape) * array.Type.Size];
            stream.ReadExactly(bytes);
            return new NpyVector(path, array.Type, bytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, Format, $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
