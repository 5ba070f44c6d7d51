using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>512-bit registers.</summary>
internal readonly unsafe struct CoarseLanes512 : ICoarseLanes<Vector512<int>>
{
    public static int Count => Vector512<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(int* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> vector, int* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast(int pair) => Vector512.Create(pair);

    // In halves on a processor without AVX-512, where only tests come here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAddPairs(Vector512<int> x, Vector512<int> y, Vector512<int> sum) => Avx512BW.IsSupported
        ? sum + Avx512BW.MultiplyAddAdjacent(x.AsInt16(), y.AsInt16())
        : Vector512.Create(
            CoarseLanes256.MultiplyAddPairs(x.GetLower(), y.GetLower(), sum.GetLower()),
            CoarseLanes256.MultiplyAddPairs(x.GetUpper(), y.GetUpper(), sum.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingles(Vector512<int> vector, float scale, float* destination) =>
        (Vector512.ConvertToSingle(vector) * scale).Store(destination);
}
