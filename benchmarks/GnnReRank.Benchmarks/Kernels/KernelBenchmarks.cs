using BenchmarkDotNet.Attributes;

namespace GnnReRank.Benchmarks;

/// <summary>The cosine kernels of every register width this processor has, beside what its multiply-adds reach in registers.</summary>
public class KernelBenchmarks
{
    private EngineParts? _parts;

    /// <summary>The kernel.</summary>
    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    /// <summary>Every kernel this processor runs.</summary>
    public static IEnumerable<string> Kernels => EngineParts.KernelNames;

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Begin() => _parts = new EngineParts(Kernel);

    /// <summary>Frees the operands.</summary>
    [GlobalCleanup]
    public void End() => _parts?.Dispose();

    /// <summary>Multiply-adds in registers alone.</summary>
    [Benchmark]
    public float RegisterPeak() => _parts!.MultiplyInRegisters();

    /// <summary>One panel pair in the first-level cache.</summary>
    [Benchmark]
    public void MicroKernel() => _parts!.MultiplyPanel();

    /// <summary>One tile of 192 x 192 products over 2,048 columns.</summary>
    [Benchmark]
    public void Tile() => _parts!.MultiplyTile();

    internal static long OperationsOf(string method, string kernel) => method switch
    {
        nameof(RegisterPeak) => EngineParts.PeakOperations(kernel),
        nameof(MicroKernel) => EngineParts.PanelOperations(kernel),
        _ => EngineParts.TileOperations,
    };
}
