using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GnnReRank.Compute.Gpu.Kernels;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The code that NVIDIA's driver is given, read without a GPU.</summary>
public sealed partial class PtxTests
{
    private const int SharedRoom = 48 * 1024;

    /// <summary>In one test, so that it says which kernels fail, and can name none while there are none.</summary>
    [Fact]
    public void EveryKernelCompilesWithoutLocalMemoryAndFitsSharedMemory()
    {
        List<string> faults = [];
        foreach (MethodInfo kernel in EngineKernels.All)
        {
            string code = Compile(kernel, OptimizationLevel.O1);
            string? reason = kernel.GetCustomAttribute<KernelAttribute>()?.LocalMemoryReason;
            if (reason is null && UsesLocalMemory(code))
            {
                faults.Add($"{EngineKernels.NameOf(kernel)} uses local memory and gives no reason.");
            }

            if (SharedBytes(code) > SharedRoom)
            {
                faults.Add($"{EngineKernels.NameOf(kernel)} asks for {SharedBytes(code)} bytes of shared memory.");
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>Why the engine stays below the highest level: there the load passes the barrier.</summary>
    [Theory]
    [InlineData(OptimizationLevel.O1, "store barrier load barrier")]
    [InlineData(OptimizationLevel.O2, "store barrier barrier load")]
    public void TheLevelDecidesWhetherALoadStaysBehindItsBarrier(OptimizationLevel level, string expected)
    {
        string code = Compile(Method(nameof(ProbeKernels.SwapInLoop)), level);
        Assert.Equal(expected, string.Join(' ', SharedAccess().Matches(code).Select(match => match.Value switch
        {
            "bar.sync" => "barrier",
            "st.shared" => "store",
            _ => "load",
        })));
    }

    [Fact]
    public void LocalAndSharedMemoryAreSeen()
    {
        Assert.True(UsesLocalMemory(Compile(Method(nameof(ProbeKernels.Spilling)), OptimizationLevel.O1)));
        string code = Compile(Method(nameof(ProbeKernels.Everything)), OptimizationLevel.O1);
        Assert.False(UsesLocalMemory(code));
        Assert.Equal((ProbeKernels.GroupSize * (sizeof(float) + sizeof(ulong))) + (2 * sizeof(int)), SharedBytes(code));
    }

    private static MethodInfo Method(string name) => typeof(ProbeKernels).GetMethod(name)!;

    // A context each, for a kernel that fails can spoil its own.
    private static string Compile(MethodInfo kernel, OptimizationLevel level)
    {
        using Context context = Context.Create(builder => builder.Optimize(level));
        using PTXBackend backend = new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        try
        {
            EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            return ((PTXCompiledKernel)backend.Compile(entry, KernelSpecialization.Empty)).PTXAssembly;
        }
        catch (InternalCompilerException error)
        {
            throw new InvalidOperationException($"{EngineKernels.NameOf(kernel)} does not compile.", error);
        }
    }

    private static bool UsesLocalMemory(string code) => code.Contains("__local_depot", StringComparison.Ordinal) || LocalMemory().IsMatch(code);

    private static long SharedBytes(string code) => SharedArray().Matches(code)
        .Sum(match => long.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture)
            * int.Parse(match.Groups["bits"].Value, CultureInfo.InvariantCulture) / 8);

    [GeneratedRegex(@"\.shared\s+\.align\s+\d+\s+\.\w(?<bits>\d+)\s+\w+\[(?<length>\d+)\]")]
    private static partial Regex SharedArray();

    [GeneratedRegex(@"\.local\b")]
    private static partial Regex LocalMemory();

    [GeneratedRegex(@"bar\.sync|st\.shared|ld\.shared")]
    private static partial Regex SharedAccess();
}
