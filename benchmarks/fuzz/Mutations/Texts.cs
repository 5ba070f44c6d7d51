using System.Text;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes of the numbers, separators and lines of a text.</summary>
internal static class Texts
{
    private static readonly string[] s_numbers =
    [
        "NaN", "nan", "inf", "-Infinity", "1e400", "-1e400", "1e-400", "-0", "-1", "0", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "9007199254740993.0", "99999999999999999999999999", "0x10", "1_000", "1,5",
        "\u0661", "", " ", "+", "-", ".", "e", "null", "true", "[]", "{}", "\"", "\u0000", "\u001b[31m", "1e308", "3.4028236e38", "1e39", "00001",
    ];

    private static readonly string[] s_marks = [",", "\t", ";", "\n", "\r\n", "\r", "\"", "\"\"", "[", "]", "{", "}", ":", " ", "\uFEFF", "\\u0000", "\\", "\0"];

    public static byte[] Change(byte[] bytes, Random dice)
    {
        if (bytes.Length == 0)
        {
            return Bytes.Change(bytes, dice);
        }

        int at = dice.Next(bytes.Length);
        return dice.Next(7) switch
        {
            0 or 1 or 2 => Number(bytes, at, dice),
            3 => Put(bytes, at, 0, s_marks[dice.Next(s_marks.Length)]),
            4 => Put(bytes, at, 1, s_marks[dice.Next(s_marks.Length)]),
            5 => Line(bytes, at, dice),
            _ => Put(bytes, at, 0, new string((char)('0' + dice.Next(40)), 1 << dice.Next(14))),
        };
    }

    private static byte[] Number(byte[] bytes, int at, Random dice)
    {
        int start = at;
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start]))
        {
            start++;
        }

        while (start > 0 && IsNumber(bytes[start - 1]))
        {
            start--;
        }

        int end = start;
        while (end < bytes.Length && IsNumber(bytes[end]))
        {
            end++;
        }

        return Put(bytes, start, end - start, s_numbers[dice.Next(s_numbers.Length)]);
    }

    private static bool IsNumber(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'+';

    private static byte[] Line(byte[] bytes, int at, Random dice)
    {
        int start = at == 0 ? 0 : bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        int next = bytes.AsSpan(at).IndexOf((byte)'\n');
        int end = next < 0 ? bytes.Length : at + next + 1;
        return dice.Next(3) switch
        {
            0 => [.. bytes[..start], .. bytes[end..]],
            1 => [.. bytes[..end], .. bytes[start..end], .. bytes[end..]],
            _ => [.. bytes[..end], .. bytes[..start], .. bytes[end..]],
        };
    }

    private static byte[] Put(byte[] bytes, int at, int removed, string text) =>
        [.. bytes[..at], .. Encoding.UTF8.GetBytes(text), .. bytes[(at + removed)..]];
}
