using System.Text.RegularExpressions;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Tests.Compute.Gpu.Ptx;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>What the emulator cannot see in the PTX of the tensor tile kernel: that it is as fast as it was meant.</summary>
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

    [Fact]
    public void MultipliesTwiceSixteenTimesBetweenTwoBarriers()
    {
        string[] loop = [.. s_opcodes.SkipWhile(opcode => opcode != "cp.async.wait_group")];
        Assert.Equal("bar.sync", loop[1]);
        Assert.Single(loop, "bar.sync");
        Assert.Equal(32, Count(loop, "mma.sync"));
        Assert.Equal(12, Count(loop, "ldmatrix.sync"));
        Assert.Equal(4, Count(loop, "cp.async.cg"));
        Assert.Equal(1, Count(loop, "cp.async.commit_group"));
        Assert.Equal(0, Count(loop, "ld.") + Count(loop, "st."));
    }

    [Fact]
    public void HasNoOtherMultiplicationAndFourBarriersAfterThem()
    {
        string[] rest = [.. s_opcodes.TakeWhile(opcode => opcode != "cp.async.wait_group")];
        Assert.Equal(0, Count(rest, "mma.sync") + Count(rest, "ldmatrix.sync"));
        Assert.Equal(8, Count(rest, "cp.async.cg"));
        Assert.Equal(2, Count(rest, "cp.async.commit_group"));
        Assert.Equal(4, Count(rest, "bar.sync"));
        Assert.Equal(32, Count(rest, "st.shared.v2"));
    }

    [Fact]
    public void RefusesAcceleratorsWithoutTensorCores()
    {
        using Context context = Context.Create(builder => builder.CPU());
        using CPUAccelerator accelerator = context.CreateCPUAccelerator(0);
        Assert.False(TensorTileKernel.IsSupported(accelerator));
    }

    [GeneratedRegex(@"\.reg \.f32 acc<64>")]
    private static partial Regex Declaration();

    private static int Count(string[] opcodes, string start) =>
        opcodes.Count(opcode => opcode.StartsWith(start, StringComparison.Ordinal));
}
