using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Devices;

/// <summary>A device whose driver refuses to open it.</summary>
[DeviceType(AcceleratorType.OpenCL)]
internal sealed class RefusingDevice : Device
{
    public override Accelerator CreateAccelerator(Context context) => throw new InvalidOperationException("no such luck");
}
