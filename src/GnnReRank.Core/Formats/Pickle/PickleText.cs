using System.Globalization;
using System.Numerics;
using System.Text;

namespace GnnReRank.Formats.Pickle;

/// <summary>The lines of protocol 0 as values.</summary>
internal static class PickleText
{
    // Python's own limit for numbers written in digits.
    private const int MostDigits = 4300;

    /// <summary>INT: a number, or 00 and 01 for false and true.</summary>
    public static object Int(ReadOnlySpan<byte> line, PickleSite site) => line switch
    {
        [(byte)'0', (byte)'0'] => false,
        [(byte)'0', (byte)'1'] => true,
        _ => Whole(line, site),
    };

    /// <summary>LONG: a number with an L behind it, or without.</summary>
    public static object Long(ReadOnlySpan<byte> line, PickleSite site) =>
        Whole(line is [.., (byte)'L'] ? line[..^1] : line, site);

    /// <summary>FLOAT: as repr() writes it.</summary>
    public static double Float(ReadOnlySpan<byte> line, PickleSite site)
    {
        string text = Encoding.Latin1.GetString(line);
        return text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "-nan" => double.NaN,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw site.Corrupt("its line is no number."),
        };
    }

    /// <summary>STRING: the repr() of a Python 2 str; its bytes as Latin-1.</summary>
    public static string String(ReadOnlySpan<byte> line, PickleSite site)
    {
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
        {
            throw site.Corrupt("its text stands in no quotes.");
        }

        ReadOnlySpan<byte> quoted = line[1..^1];
        StringBuilder text = new(quoted.Length);
        for (int index = 0; index < quoted.Length; index++)
        {
            text.Append(quoted[index] == (byte)'\\' ? Escaped(quoted, ref index, site) : (char)quoted[index]);
        }

        return text.ToString();
    }

    /// <summary>UNICODE: Latin-1 with \uXXXX and \UXXXXXXXX.</summary>
    public static string Unicode(ReadOnlySpan<byte> line, PickleSite site)
    {
        StringBuilder text = new(line.Length);
        for (int index = 0; index < line.Length; index++)
        {
            int digits = line[index] != (byte)'\\' || index + 1 == line.Length ? 0
                : line[index + 1] == (byte)'u' ? 4
                : line[index + 1] == (byte)'U' ? 8 : 0;
            if (digits == 0)
            {
                text.Append((char)line[index]);
                continue;
            }

            int code = Hex(line, index + 2, digits, site);
            text.Append(code <= char.MaxValue ? ((char)code).ToString() : Rune.IsValid(code) ? new Rune(code).ToString() : throw site.Corrupt("it names no character."));
            index += digits + 1;
        }

        return text.ToString();
    }

    private static object Whole(ReadOnlySpan<byte> digits, PickleSite site)
    {
        BigInteger number = BigInteger.Zero;
        bool isNumber = digits.Length <= MostDigits
            && BigInteger.TryParse(Encoding.Latin1.GetString(digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return isNumber ? PickledNumber.Plain(number) : throw site.Corrupt($"its line is no whole number of at most {MostDigits:N0} digits.");
    }

    private static char Escaped(ReadOnlySpan<byte> text, ref int index, PickleSite site)
    {
        index++;
        switch (index < text.Length ? (char)text[index] : '\0')
        {
            case '\\' or '\'' or '"': return (char)text[index];
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'a': return '\a';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'x':
                index += 2;
                return (char)Hex(text, index - 1, 2, site);
            case >= '0' and <= '7':
                return Octal(text, ref index);
            default:
                throw site.Corrupt("its text holds a backslash that escapes nothing.");
        }
    }

    private static char Octal(ReadOnlySpan<byte> text, ref int index)
    {
        int code = 0;
        int start = index;
        while (index < text.Length && index - start < 3 && text[index] is >= (byte)'0' and <= (byte)'7')
        {
            code = (code * 8) + text[index] - '0';
            index++;
        }

        index--;
        return (char)(code & byte.MaxValue);
    }

    private static int Hex(ReadOnlySpan<byte> text, int start, int digits, PickleSite site) =>
        start + digits <= text.Length
        && int.TryParse(text.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && code >= 0
            ? code
            : throw site.Corrupt($"its text holds an escape without {digits} hexadecimal digits.");
}
