using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>128-bit registers.</summary>
internal readonly unsafe struct Lanes128 : ISimdLanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    // Not FusedMultiplyAdd: where a processor lacks the instruction that calls a library function for each lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum) =>
        Vector128.MultiplyAddEstimate(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AtLeast(Vector128<float> values, Vector128<float> bounds) =>
        Vector128.GreaterThanOrEqual(values, bounds).ExtractMostSignificantBits();
}
