using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>One float32 a register: for processors without vector instructions that .NET knows.</summary>
internal readonly unsafe struct LanesScalar : ISimdLanes<float>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float vector, float* destination) => *destination = vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float x, float y, float sum) => float.MultiplyAddEstimate(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AtLeast(float values, float bounds) => values >= bounds ? 1UL : 0;
}
