namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>What an opcode computes of up to three operands, each the bits of a register.</summary>
internal static class PtxArithmetic
{
    /// <summary>The function of an opcode's parts, or null where it is not known here.</summary>
    public static Func<ulong, ulong, ulong, ulong>? Of(string[] parts)
    {
        if (parts[^1] is not (['s' or 'u' or 'b' or 'f', .., >= '0' and <= '9'] or "pred"))
        {
            return null;
        }

        PtxType type = PtxType.Parse(parts[^1]);
        return parts[0] switch
        {
            "mov" => (a, _, _) => type.Wrap(a),
            "selp" => (a, b, p) => type.Wrap(p != 0 ? a : b),
            "setp" when type is { IsFloat: true, Bits: 64 } => PtxDouble.Compare(parts[1]),
            "setp" => Compare(parts[1], type),
            "cvt" => Convert(PtxType.Parse(parts[^2]), type, parts),
            _ when type is { IsFloat: true, Bits: 32 } => Float(parts),
            _ when type is { IsFloat: true, Bits: 64 } => PtxDouble.Of(parts),
            _ when !type.IsFloat => Integer(parts, type),
            _ => null,
        };
    }

    private static Func<ulong, ulong, ulong, ulong>? Integer(string[] parts, PtxType type) => (parts[0], parts[1]) switch
    {
        ("add", _) => (a, b, _) => type.Wrap(a + b),
        ("sub", _) => (a, b, _) => type.Wrap(a - b),
        ("mul", "lo") => (a, b, _) => type.Wrap(a * b),
        ("mul", "wide") => (a, b, _) => type.Extend(a) * type.Extend(b),
        ("mad", "lo") => (a, b, c) => type.Wrap((a * b) + c),
        ("div", _) when type.IsSigned => (a, b, _) => type.Wrap((ulong)((long)type.Extend(a) / (long)type.Extend(b))),
        ("div", _) => (a, b, _) => type.Wrap(a) / type.Wrap(b),
        ("rem", _) when type.IsSigned => (a, b, _) => type.Wrap((ulong)((long)type.Extend(a) % (long)type.Extend(b))),
        ("rem", _) => (a, b, _) => type.Wrap(a) % type.Wrap(b),
        ("min", _) when type.IsSigned => (a, b, _) => type.Wrap((ulong)Math.Min((long)type.Extend(a), (long)type.Extend(b))),
        ("max", _) when type.IsSigned => (a, b, _) => type.Wrap((ulong)Math.Max((long)type.Extend(a), (long)type.Extend(b))),
        ("min", _) => (a, b, _) => Math.Min(type.Wrap(a), type.Wrap(b)),
        ("max", _) => (a, b, _) => Math.Max(type.Wrap(a), type.Wrap(b)),
        ("cas", _) => (a, b, c) => a == type.Wrap(b) ? type.Wrap(c) : a,
        ("and", _) => (a, b, _) => a & type.Wrap(b),
        ("or", _) => (a, b, _) => a | type.Wrap(b),
        ("xor", _) => (a, b, _) => a ^ type.Wrap(b),
        ("not", _) => (a, _, _) => type.Wrap(~a),
        ("neg", _) => (a, _, _) => type.Wrap(0 - a),
        ("shl", _) => (a, b, _) => b >= (ulong)type.Bits ? 0 : type.Wrap(a << (int)b),
        ("shr", _) when type.IsSigned => (a, b, _) => type.Wrap((ulong)((long)type.Extend(a) >> (int)Math.Min(b, 63))),
        ("shr", _) => (a, b, _) => b >= (ulong)type.Bits ? 0 : a >> (int)b,
        _ => null,
    };

    private static Func<ulong, ulong, ulong, ulong>? Float(string[] parts) => parts[0] switch
    {
        "add" => (a, b, _) => Bits(Value(a) + Value(b)),
        "sub" => (a, b, _) => Bits(Value(a) - Value(b)),
        "mul" => (a, b, _) => Bits(Value(a) * Value(b)),
        "div" when parts[1] == "rn" => (a, b, _) => Bits(Value(a) / Value(b)),
        "fma" when parts[1] == "rn" => (a, b, c) => Bits(MathF.FusedMultiplyAdd(Value(a), Value(b), Value(c))),
        "neg" => (a, _, _) => a ^ 0x8000_0000,
        "min" => (a, b, _) => Order(Value(a), Value(b)) <= 0 ? a : b,
        "max" => (a, b, _) => Order(Value(a), Value(b)) >= 0 ? a : b,
        "rcp" when parts[1] == "rn" => (a, _, _) => Bits(1f / Value(a)),
        "sqrt" when parts[1] == "rn" => (a, _, _) => Bits(MathF.Sqrt(Value(a))),
        _ => null,
    };

    private static Func<ulong, ulong, ulong, ulong>? Compare(string relation, PtxType type)
    {
        Func<ulong, ulong, int> order = type.IsFloat ? (a, b) => Order(Value(a), Value(b))
            : type.IsSigned ? (a, b) => ((long)type.Extend(a)).CompareTo((long)type.Extend(b))
            : (a, b) => type.Wrap(a).CompareTo(type.Wrap(b));
        return relation switch
        {
            "eq" => (a, b, _) => order(a, b) == 0 ? 1UL : 0,
            "ne" or "neu" => (a, b, _) => order(a, b) != 0 ? 1UL : 0,
            "lt" or "ltu" or "lo" => (a, b, _) => order(a, b) < 0 ? 1UL : 0,
            "le" or "leu" or "ls" => (a, b, _) => order(a, b) <= 0 ? 1UL : 0,
            "gt" or "gtu" or "hi" => (a, b, _) => order(a, b) > 0 ? 1UL : 0,
            "ge" or "geu" or "hs" => (a, b, _) => order(a, b) >= 0 ? 1UL : 0,
            _ => null,
        };
    }

    private static Func<ulong, ulong, ulong, ulong>? Convert(PtxType to, PtxType from, string[] parts) => (to.IsFloat, from.IsFloat) switch
    {
        (false, false) => (a, _, _) => to.Wrap(from.Extend(a)),
        (true, true) or (true, false) or (false, true) when to.Bits == 64 && to.IsFloat || from.Bits == 64 && from.IsFloat =>
            PtxDouble.Convert(to, from, parts[1]),
        (true, false) when to.Bits == 32 && from.IsSigned && parts[1] == "rn" => (a, _, _) => Bits((long)from.Extend(a)),
        (false, true) when from.Bits == 32 && to.IsSigned && to.Bits == 64 && parts[1] == "rzi" => (a, _, _) => (ulong)(long)Value(a),
        _ => null,
    };

    // The kernels' inputs are finite: a NaN here is memory that was read before it was written.
    private static int Order(float a, float b) =>
        float.IsNaN(a) || float.IsNaN(b) ? throw new InvalidOperationException("A comparison with NaN.") : a < b ? -1 : a > b ? 1 : 0;

    private static float Value(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
