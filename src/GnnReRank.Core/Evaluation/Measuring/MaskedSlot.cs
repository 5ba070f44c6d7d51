using System.Runtime.CompilerServices;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>A table of any power of two.</summary>
internal readonly struct MaskedSlot : IRowSlot
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Of(int row, uint mask) => (uint)row & mask;
}
