using System.Globalization;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>The type at the end of an opcode: s32, u64, b16, f32, pred.</summary>
internal readonly record struct PtxType(char Kind, int Bits)
{
    public bool IsFloat => Kind == 'f';

    public bool IsSigned => Kind == 's';

    public int Bytes => Bits / 8;

    public static PtxType Parse(string name) => name == "pred"
        ? new PtxType('p', 1)
        : new PtxType(name[0], int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture));

    /// <summary>The low bits: what a register of the type holds.</summary>
    public ulong Wrap(ulong value) => Bits == 64 ? value : value & ((1UL << Bits) - 1);

    /// <summary>The value with its sign drawn out to 64 bits, for signed types.</summary>
    public ulong Extend(ulong value) => IsSigned ? (ulong)((long)(value << (64 - Bits)) >> (64 - Bits)) : Wrap(value);
}
