using System.Buffers.Binary;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes of bytes that know nothing of a format.</summary>
internal static class Bytes
{
    private static readonly byte[] s_sets = [0, 1, 0x7F, 0x80, 0xFF, 0xFE, (byte)'(', (byte)'.', (byte)'"'];

    private static readonly long[] s_lengths =
    [
        0, 1, -1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32,
        long.MaxValue, long.MinValue, 1L << 20, 1L << 28, 1L << 40,
    ];

    public static byte[] Change(byte[] bytes, Random dice)
    {
        if (bytes.Length == 0)
        {
            return [(byte)dice.Next(256)];
        }

        int at = Position(bytes.Length, dice);
        return dice.Next(14) switch
        {
            0 or 1 or 2 => With(bytes, copy => copy[at] ^= (byte)(1 << dice.Next(8))),
            3 => With(bytes, copy => copy[at] = (byte)dice.Next(256)),
            4 => With(bytes, copy => copy[at] = s_sets[dice.Next(s_sets.Length)]),
            5 or 6 => With(bytes, copy => Length(copy, at, dice)),
            7 or 8 => With(bytes, copy => Step(copy, at, dice)),
            9 => bytes[..at],
            10 => Without(bytes, at, Span(bytes.Length - at, dice)),
            11 => Doubled(bytes, at, Span(bytes.Length - at, dice), dice),
            12 => With(bytes, copy => Splice(copy, at, dice)),
            _ => Inserted(bytes, at, dice),
        };
    }

    private static byte[] With(byte[] bytes, Action<byte[]> change)
    {
        byte[] copy = [.. bytes];
        change(copy);
        return copy;
    }

    // Heads and tails hold what describes a file.
    private static int Position(int length, Random dice) => dice.Next(4) switch
    {
        0 => dice.Next(Math.Min(length, 256)),
        1 => length - 1 - dice.Next(Math.Min(length, 512)),
        _ => dice.Next(length),
    };

    private static int Span(int most, Random dice) => Math.Min(most, 1 << dice.Next(11));

    private static void Length(byte[] copy, int at, Random dice)
    {
        long value = s_lengths[dice.Next(s_lengths.Length)];
        Write(copy.AsSpan(at), value, 1 << dice.Next(4), dice.Next(4) == 0);
    }

    private static void Step(byte[] copy, int at, Random dice)
    {
        int size = 1 << dice.Next(4);
        Span<byte> place = copy.AsSpan(at);
        if (place.Length < size)
        {
            copy[at]++;
            return;
        }

        bool isBig = dice.Next(4) == 0;
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        place[..size].CopyTo(isBig ? wide[(8 - size)..] : wide);
        long value = isBig ? BinaryPrimitives.ReadInt64BigEndian(wide) : BinaryPrimitives.ReadInt64LittleEndian(wide);
        long changed = dice.Next(5) switch { 0 => value * 2, 1 => value / 2, 2 => -value, 3 => value - 1, _ => value + 1 };
        Write(place, changed, size, isBig);
    }

    private static void Write(Span<byte> place, long value, int size, bool isBig)
    {
        Span<byte> wide = stackalloc byte[8];
        if (isBig)
        {
            BinaryPrimitives.WriteInt64BigEndian(wide, value);
            wide = wide[(8 - size)..];
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(wide, value);
            wide = wide[..size];
        }

        wide[..Math.Min(size, place.Length)].CopyTo(place);
    }

    private static byte[] Without(byte[] bytes, int at, int span) => [.. bytes[..at], .. bytes[(at + span)..]];

    private static byte[] Doubled(byte[] bytes, int at, int span, Random dice)
    {
        byte[] block = bytes[at..(at + span)];
        int times = 1 + dice.Next(dice.Next(8) == 0 ? 64 : 2);
        return [.. bytes[..at], .. Enumerable.Repeat(block, times).SelectMany(copy => copy), .. bytes[at..]];
    }

    private static void Splice(byte[] copy, int at, Random dice)
    {
        int from = dice.Next(copy.Length);
        int span = Span(copy.Length - Math.Max(from, at), dice);
        copy.AsSpan(from, span).ToArray().CopyTo(copy, at);
    }

    private static byte[] Inserted(byte[] bytes, int at, Random dice)
    {
        byte[] block = new byte[Span(64, dice)];
        if (dice.Next(2) == 0)
        {
            dice.NextBytes(block);
        }

        return [.. bytes[..at], .. block, .. bytes[at..]];
    }
}
