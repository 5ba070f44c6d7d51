using System.Runtime.CompilerServices;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>A table of 2^16 places: the processor takes the low half of a row as it loads it, so that the mask costs nothing.</summary>
internal readonly struct WordSlot : IRowSlot
{
    public const int TableLength = 1 << 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Of(int row, uint mask) => (ushort)row;
}
