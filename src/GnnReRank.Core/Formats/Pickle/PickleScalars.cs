using System.Numerics;
using System.Text;

namespace GnnReRank.Formats.Pickle;

/// <summary>Opcodes that push one value read from the bytes behind them.</summary>
internal static class PickleScalars
{
    private const int LongestNumber = 4096;
    private const int LongestLine = 1 << 30;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the value.</summary>
    /// <returns>Whether the opcode is one of these.</returns>
    /// <exception cref="GnnReRankException">The bytes do not make such a value.</exception>
    public static bool TryRead(PickleOpcode opcode, PickleInput input, out object? value)
    {
        (bool isScalar, value) = opcode switch
        {
            PickleOpcode.None => (true, (object?)null),
            PickleOpcode.Newtrue => (true, true),
            PickleOpcode.Newfalse => (true, false),
            PickleOpcode.Binint => (true, (long)input.ReadInt32()),
            PickleOpcode.Binint1 => (true, (long)input.ReadByte()),
            PickleOpcode.Binint2 => (true, (long)input.ReadUInt16()),
            PickleOpcode.Long1 => (true, Long(input, input.ReadByte())),
            PickleOpcode.Long4 => (true, Long(input, input.ReadInt32())),
            PickleOpcode.Binfloat => (true, input.ReadDoubleBigEndian()),
            PickleOpcode.Int => (true, PickleText.Int(input.ReadLine(LongestNumber), input.Site)),
            PickleOpcode.Long => (true, PickleText.Long(input.ReadLine(LongestNumber * 2), input.Site)),
            PickleOpcode.Float => (true, PickleText.Float(input.ReadLine(LongestNumber), input.Site)),
            PickleOpcode.String => (true, PickleText.String(input.ReadLine(LongestLine), input.Site)),
            PickleOpcode.Unicode => (true, PickleText.Unicode(input.ReadLine(LongestLine), input.Site)),
            _ => Block(opcode, input),
        };
        return isScalar;
    }

    private static (bool IsScalar, object? Value) Block(PickleOpcode opcode, PickleInput input) => opcode switch
    {
        PickleOpcode.Binstring => (true, Latin1(input, input.ReadInt32())),
        PickleOpcode.ShortBinstring => (true, Latin1(input, input.ReadByte())),
        PickleOpcode.ShortBinunicode => (true, Text(input, input.ReadByte())),
        PickleOpcode.Binunicode => (true, Text(input, input.ReadUInt32())),
        PickleOpcode.Binunicode8 => (true, Text(input, input.ReadInt64())),
        PickleOpcode.ShortBinbytes => (true, input.ReadBytes(input.ReadByte())),
        PickleOpcode.Binbytes => (true, input.ReadBytes(input.ReadUInt32())),
        PickleOpcode.Binbytes8 or PickleOpcode.Bytearray8 => (true, input.ReadBytes(input.ReadInt64())),
        _ => (false, null),
    };

    private static object Long(PickleInput input, int length)
    {
        byte[] bytes = length <= LongestNumber
            ? input.ReadBytes(length)
            : throw input.Site.Unsupported($"it holds a whole number of {length:N0} bytes; at most {LongestNumber:N0} are read.");
        return PickledNumber.Plain(new BigInteger(bytes));
    }

    // A Python 2 str is text or bytes; Latin-1 keeps both.
    private static string Latin1(PickleInput input, int length) => Encoding.Latin1.GetString(input.ReadBytes(length));

    private static string Text(PickleInput input, long length)
    {
        byte[] bytes = input.ReadBytes(length);
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw input.Site.Corrupt("its text is no UTF-8.");
        }
    }
}
