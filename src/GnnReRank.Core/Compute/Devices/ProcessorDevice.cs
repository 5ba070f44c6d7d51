using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GnnReRank.Compute.Devices;

/// <summary>The processor as one of the devices.</summary>
internal static class ProcessorDevice
{
    public static ReRankDevice Describe()
    {
        string instructions = Avx512BW.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : AdvSimd.IsSupported ? "NEON" : "no wide registers";
        return new ReRankDevice
        {
            Kind = ReRankDeviceKind.Cpu,
            Index = 0,
            Name = Name(),
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Driver = RuntimeInformation.FrameworkDescription,
            Capability = $"{instructions}, {Environment.ProcessorCount} threads",
            IsProcessor = true,
        };
    }

    private static string Name()
    {
        const string information = "/proc/cpuinfo";
        const string field = "model name";
        string? line = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        string name = line is null ? string.Empty : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return name.Length > 0 ? name : $"{RuntimeInformation.ProcessArchitecture} processor";
    }
}
