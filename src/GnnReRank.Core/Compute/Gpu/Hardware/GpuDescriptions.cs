using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>What the drivers know, in the project's words.</summary>
internal static class GpuDescriptions
{
    /// <summary>All devices, usable or not. ILGPU finds none where a driver fails.</summary>
    /// <remarks>Not through a context: under the Windows subsystem its builder would set a resolver of its own, and fail.</remarks>
    public static IEnumerable<(ReRankDevice Description, Device Device)> Find(bool hasCuda, bool hasOpenCL)
    {
        IEnumerable<Device> cuda = hasCuda ? CudaDevice.GetDevices(_ => true) : [];
        IEnumerable<Device> openCL = hasOpenCL ? CLDevice.GetDevices(_ => true) : [];
        return cuda.Select((device, index) => (OfCuda((CudaDevice)device, index), device))
            .Concat(openCL.Select((device, index) => (OfOpenCL((CLDevice)device, index), device)));
    }

    private static ReRankDevice OfCuda(CudaDevice device, int index) => new()
    {
        Kind = ReRankDeviceKind.Cuda,
        Index = index,
        Name = device.Name,
        MemoryBytes = device.MemorySize,
        Driver = $"CUDA {device.DriverVersion}",
        Capability = device.Architecture is CudaArchitecture architecture ? $"SM {architecture.Major}.{architecture.Minor}" : "unknown",
        Reason = device.Architecture is null || device.InstructionSet is null
            ? $"Its driver speaks CUDA {device.DriverVersion}, which has no code for this GPU. Update the driver."
            : null,
    };

    private static ReRankDevice OfOpenCL(CLDevice device, int index) => new()
    {
        Kind = ReRankDeviceKind.OpenCL,
        Index = index,
        Name = device.Name,
        MemoryBytes = device.MemorySize,
        Driver = $"{device.PlatformName}, {device.DeviceVersion}",
        Capability = $"OpenCL C {device.CVersion.Major}.{device.CVersion.Minor}",
        Reason = device.CLStdVersion < CLBackend.MinimumVersion
            ? $"Its driver compiles OpenCL C {device.CLStdVersion.Major}.{device.CLStdVersion.Minor}, and 2.0 is needed."
            : device.Capabilities.GenericAddressSpace ? null : "Its driver has no generic address space, which the kernels need.",
        IsProcessor = device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU),
    };
}
