using ILGPU;
namespace GnnReRank.Compute.Gpu.Scoring;
internal sealed class GpuRanker : IDisposable { public GpuRanker(GpuDevice d, int a, int b, int c) { } public static long BytesFor(int a, int b, int c) => 0; public ArrayView<int> Indices => default; public ArrayView<float> Scores => default; public void Rank(ArrayView<float> a, ArrayView<float> b, float l, int r) { } public void CopyTo(RowBlocks<int> i, RowBlocks<float> s, int f, int c) { } public void Dispose() { } }
