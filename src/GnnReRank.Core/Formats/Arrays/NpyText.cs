using System.Text;

namespace GnnReRank.Formats.Arrays;

/// <summary>Strings of one width, filled up with zeros: numpy's U (UTF-32) and S (bytes, read as UTF-8).</summary>
internal sealed class NpyText
{
    private readonly int _size;
    private readonly Encoding _encoding;

    /// <param name="size">The bytes of one string.</param>
    /// <param name="isUnicode">Whether they are UTF-32.</param>
    /// <param name="isBigEndian">Whether the highest byte of a character comes first.</param>
    public NpyText(int size, bool isUnicode, bool isBigEndian)
    {
        _size = size;
        _encoding = isUnicode
            ? new UTF32Encoding(isBigEndian, byteOrderMark: false, throwOnInvalidCharacters: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    }

    /// <exception cref="InvalidDataException">Some bytes are no characters.</exception>
    public string[] Read(Stream stream, int count, CancellationToken cancellation)
    {
        byte[] bytes = new byte[_size];
        string[] strings = new string[count];
        for (int row = 0; row < count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.ReadExactly(bytes);
            try
            {
                strings[row] = _encoding.GetString(bytes).TrimEnd('\0');
            }
            catch (DecoderFallbackException exception)
            {
                throw new InvalidDataException($"String {row} (0-based) holds bytes that are no characters.", exception);
            }
        }

        return strings;
    }
}
