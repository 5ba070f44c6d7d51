using System.Runtime.InteropServices;

namespace GnnReRank.Packing;

/// <summary>Writes the parts of a pack, one after the other, in this machine's byte order: little-endian on all that run .NET.</summary>
/// <param name="name">What is packed, for the error.</param>
/// <param name="mostBytes">How many bytes it may be.</param>
internal sealed class PackWriter(string name, long mostBytes)
{
    // "GRR" and the version of the format.
    public const int Magic = 0x01525247;

    private readonly MemoryStream _stream = new();

    public void Kind(PackKind kind)
    {
        Value(Magic);
        Value((int)kind);
    }

    public void Value<T>(T value)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void Optional<T>(T? value)
        where T : unmanaged
    {
        Value(value is not null);
        if (value is T known)
        {
            Value(known);
        }
    }

    /// <summary>A text, or null: its UTF-16 units as they are, so that no name changes.</summary>
    public void Text(string? text)
    {
        Value(text?.Length ?? -1);
        Raw<char>(text);
    }

    /// <summary>Values with their number before them; -1 where there are none.</summary>
    public void Values<T>(T[]? values)
        where T : unmanaged
    {
        Value(values?.Length ?? -1);
        Raw<T>(values);
    }

    /// <summary>Values without their number.</summary>
    public void Raw<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(values));

    public void Texts(string[]? texts)
    {
        Value(texts?.Length ?? -1);
        foreach (string text in texts ?? [])
        {
            Text(text);
        }
    }

    /// <summary>Refuses what is too large before it is copied.</summary>
    /// <exception cref="GnnReRankException">So many bytes more are too many.</exception>
    public void Reserve(long more)
    {
        long size = _stream.Length + more;
        if (size > mostBytes)
        {
            throw new GnnReRankException(
                "TooLargeToPack", ErrorKind.TooLarge,
                $"The {name} holds more than {size / 1e6:N0} MB, and at most {mostBytes / 1e6:N0} MB are carried.");
        }
    }

    public byte[] ToArray() => _stream.ToArray();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        _stream.Write(bytes);
    }
}
