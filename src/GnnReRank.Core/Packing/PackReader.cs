using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnnReRank.Packing;

/// <summary>Reads what <see cref="PackWriter"/> wrote. The bytes may come from anyone: no number is believed before the bytes for it are there.</summary>
internal sealed class PackReader(byte[] bytes)
{
    // Sums of shares, divided, may pass 1 by rounding.
    public const double Rounding = 1e-9;

    private int _position;

    public PackKind Kind() => Value<int>() == PackWriter.Magic
        ? (PackKind)Value<int>()
        : throw Broken("it does not begin as one of this version does");

    public T Value<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>A truth value; any byte but 0 and 1 is none.</summary>
    public bool Flag() => Value<byte>() switch
    {
        0 => false,
        1 => true,
        byte other => throw Broken($"{other} stands for yes or no"),
    };

    public T? Optional<T>()
        where T : unmanaged => Flag() ? Value<T>() : null;

    /// <summary>A fraction in [0, 1].</summary>
    public double Share() => Value<double>() is >= 0 and <= 1 + Rounding and double share ? share : throw Broken("a share lies outside 0 to 1");

    public double? OptionalShare() => Flag() ? Share() : null;

    /// <summary>One of the names of an enumeration.</summary>
    public T Choice<T>()
        where T : unmanaged, Enum => Known(Value<T>());

    public T? OptionalChoice<T>()
        where T : unmanaged, Enum => Flag() ? Choice<T>() : null;

    /// <summary>A number of things, each of so many bytes at least, that are still to come.</summary>
    public int Count(int least)
    {
        int count = Value<int>();
        return count >= 0 && (long)count * least <= Left ? count : throw Broken($"{count:N0} entries are announced, and {Left:N0} bytes are left");
    }

    public string? Text() => IsNone() ? null : new string(Raw<char>(Count(sizeof(char))));

    /// <summary>A text that must be there.</summary>
    public string RequiredText() => Text() ?? throw Broken("a text is missing");

    public T[]? Values<T>()
        where T : unmanaged => IsNone() ? null : Raw<T>(Count(Unsafe.SizeOf<T>()));

    /// <summary>So many values.</summary>
    public T[] Raw<T>(long count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Take(count * Unsafe.SizeOf<T>())).ToArray();

    public string[]? Texts()
    {
        if (IsNone())
        {
            return null;
        }

        string[] texts = new string[Count(sizeof(int))];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = RequiredText();
        }

        return texts;
    }

    /// <exception cref="GnnReRankException">So many bytes are not left.</exception>
    public void Require(long count)
    {
        if (count < 0 || count > Left)
        {
            throw Broken($"{count:N0} bytes are needed, and {Left:N0} are left");
        }
    }

    /// <summary>Whether nothing is left: what younger versions write at the end is not there.</summary>
    public bool IsAtEnd => Left == 0;

    /// <exception cref="GnnReRankException">Something is left.</exception>
    public void RequireEnd()
    {
        if (Left > 0)
        {
            throw Broken($"{Left:N0} bytes follow its end");
        }
    }

    public static GnnReRankException Broken(string how) => new(
        "BrokenPack", ErrorKind.InvalidData,
        $"The object cannot be made again from what came of it: {how}. Make it anew, or carry it by a file.");

    private int Left => bytes.Length - _position;

    private static T Known<T>(T value)
        where T : unmanaged, Enum => Enum.IsDefined(value) ? value : throw Broken($"{value} is no {typeof(T).Name}");

    private bool IsNone()
    {
        bool isNone = Left >= sizeof(int) && MemoryMarshal.Read<int>(bytes.AsSpan(_position)) == -1;
        _position += isNone ? sizeof(int) : 0;
        return isNone;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        Require(count);
        int start = _position;
        _position += (int)count;
        return bytes.AsSpan(start, (int)count);
    }
}
