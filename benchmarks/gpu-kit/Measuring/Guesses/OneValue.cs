using ILGPU;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>What a kernel writes that does nothing else.</summary>
internal struct OneValue
{
    public ArrayView<int> Target;
}
