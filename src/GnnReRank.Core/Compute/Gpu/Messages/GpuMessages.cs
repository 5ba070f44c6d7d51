using ILGPU;
namespace GnnReRank.Compute.Gpu.Messages;
internal sealed class GpuMessages : IDisposable { public static GpuMessages Run(GpuDevice device, DeviceGraph graph, int queryCount, GnnReRankSettings settings, ComputeOptions options) => throw new NotImplementedException(); public void Score(int a, int b, ArrayView<float> s) { } public void Dispose() { } }
