using System.Text.RegularExpressions;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Tests.Compute.Gpu.Ptx;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>
/// What the emulator cannot see in the PTX of the tensor tile kernel: that it is as fast as it was meant.
/// </summary>
public sealed partial class TensorTileTextTests
{
    private static readonly string[] s_opcodes =
        [.. new PtxProgram(TensorTileRun.Text).Instructions.Select(instruction => instruction.Opcode)];

    [Fact]
    public void KeepsSumsInRegistersAndFitsStaticSharedMemory()
    {
        Assert.DoesNotContain("__local_depot", TensorTileRun.Text, StringComparison.Ordinal);
        Assert.Equal(48 * 1024, new PtxProgram(TensorTileRun.Text).SharedBytes);
        Assert.Contains(".shared .align 16 .b8 __shared_alloca0[49152];", TensorTileRun.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("call", TensorTileRun.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void DeclaresItsRegistersOnce() => Assert.Single(Declaration().Matches(TensorTileRun.Text));

    /// <summary>
    /// What the next half step needs is read before a half step is multiplied, across the one barrier too.
    /// </summary>
    [Fact]
    public void MultipliesThirtyTwoTimesOnEachSideOfOneBarrier()
    {
        string[] parts =
            ["mma.sync", "ldmatrix.sync", "cp.async.cg", "cp.async.commit_group", "cp.async.wait_group", "bar.sync"];
        int first = Array.FindIndex(s_opcodes, IsProduct);
        int last = Array.FindLastIndex(s_opcodes, IsProduct);
        string[] loop = [.. s_opcodes[first..(last + 1)].Select(PartOf).OfType<string>()];
        string[] expected =
        [
            .. Enumerable.Repeat("mma.sync", 32), "cp.async.wait_group", "bar.sync",
            .. Enumerable.Repeat("ldmatrix.sync", 8), .. Enumerable.Repeat("mma.sync", 32),
        ];
        Assert.Equal(expected, loop);
        Assert.Equal(0, Count(s_opcodes[first..last], "ld.") + Count(s_opcodes[first..last], "st."));

        string? PartOf(string opcode) =>
            parts.FirstOrDefault(part => opcode.StartsWith(part, StringComparison.Ordinal));

        static bool IsProduct(string opcode) => opcode.StartsWith("mma.sync", StringComparison.Ordinal);
    }

    [Fact]
    public void ReadsEachHalfStepOnceAndStoresEachSumOnce()
    {
        Assert.Equal(8 + 8 + 8, Count(s_opcodes, "ldmatrix.sync"));
        Assert.Equal(8 + 8 + 8, Count(s_opcodes, "cp.async.cg"));
        Assert.Equal(3, Count(s_opcodes, "cp.async.commit_group"));
        Assert.Equal(64, Count(s_opcodes, "st.shared.v2"));
    }

    [Fact]
    public void RefusesAcceleratorsWithoutTensorCores()
    {
        using Context context = Context.Create(builder => builder.CPU());
        using CPUAccelerator accelerator = context.CreateCPUAccelerator(0);
        Assert.False(TensorTileKernel.IsSupported(accelerator));
    }

    [GeneratedRegex(@"\.reg \.f32 acc<128>")]
    private static partial Regex Declaration();

    private static int Count(string[] opcodes, string start) =>
        opcodes.Count(opcode => opcode.StartsWith(start, StringComparison.Ordinal));
}
