using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>Room on the device for one panel.</summary>
/// <param name="buffer">The room, which the slot then owns.</param>
internal sealed class PanelSlot(MemoryBuffer1D<float, Stride1D.Dense> buffer) : IDisposable
{
    /// <summary>The panel that is there or under way; -1 for none.</summary>
    public int Panel { get; set; } = -1;

    /// <summary>When it was last asked for; larger is later.</summary>
    public long LastUse { get; set; }

    public ArrayView<float> Rows => buffer.View.BaseView;

    public void Dispose() => buffer.Dispose();
}
