namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>What opcodes of float64 compute.</summary>
internal static class PtxDouble
{
    public static Func<ulong, ulong, ulong, ulong>? Of(string[] parts) => parts[0] switch
    {
        "add" => (a, b, _) => Bits(Value(a) + Value(b)),
        "sub" => (a, b, _) => Bits(Value(a) - Value(b)),
        "mul" => (a, b, _) => Bits(Value(a) * Value(b)),
        "div" when parts[1] == "rn" => (a, b, _) => Bits(Value(a) / Value(b)),
        "fma" when parts[1] == "rn" => (a, b, c) => Bits(Math.FusedMultiplyAdd(Value(a), Value(b), Value(c))),
        "neg" => (a, _, _) => a ^ 0x8000_0000_0000_0000,
        "sqrt" when parts[1] == "rn" => (a, _, _) => Bits(Math.Sqrt(Value(a))),
        _ => null,
    };

    public static Func<ulong, ulong, ulong, ulong>? Compare(string relation) => relation switch
    {
        "eq" => (a, b, _) => Order(a, b) == 0 ? 1UL : 0,
        "ne" or "neu" => (a, b, _) => Order(a, b) != 0 ? 1UL : 0,
        "lt" => (a, b, _) => Order(a, b) < 0 ? 1UL : 0,
        "le" => (a, b, _) => Order(a, b) <= 0 ? 1UL : 0,
        "gt" => (a, b, _) => Order(a, b) > 0 ? 1UL : 0,
        "ge" or "geu" => (a, b, _) => Order(a, b) >= 0 ? 1UL : 0,
        _ => null,
    };

    public static Func<ulong, ulong, ulong, ulong>? Convert(PtxType to, PtxType from, string rounding) =>
        (to.IsFloat, to.Bits, from.IsFloat, from.Bits, rounding) switch
        {
            (true, 64, true, 32, _) => (a, _, _) => Bits(BitConverter.UInt32BitsToSingle((uint)a)),
            (true, 32, true, 64, "rn") => (a, _, _) => BitConverter.SingleToUInt32Bits((float)Value(a)),
            (true, 64, false, _, "rn") when from.IsSigned => (a, _, _) => Bits((long)from.Extend(a)),
            (false, _, true, 64, "rzi") when to.IsSigned => (a, _, _) => to.Wrap((ulong)(long)Value(a)),
            _ => null,
        };

    // As for float32: a NaN is memory that was read before it was written.
    private static int Order(ulong a, ulong b) => double.IsNaN(Value(a)) || double.IsNaN(Value(b))
        ? throw new InvalidOperationException("A comparison with NaN.")
        : Value(a).CompareTo(Value(b));

    private static double Value(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
