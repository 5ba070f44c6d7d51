using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>What is kept of a device's memory, and of page-locked memory, and what is given back.</summary>
public sealed class DeviceMemoryTests
{
    private const long Device = 8 << 20;

    [Fact]
    public void GivesOutAgainWhatFits()
    {
        DeviceMemory memory = Made();
        MemoryBuffer1D<float, Stride1D.Dense> first = memory.Rent<float>(1000);
        nint address = first.NativePtr;
        Assert.Equal(1000, first.Length);
        Assert.Equal((4000L, 0L), (memory.RentedBytes, memory.KeptBytes));
        first.Dispose();
        first.Dispose();
        Assert.Equal((0L, 4000L), (memory.RentedBytes, memory.KeptBytes));

        // Other elements, and fewer bytes.
        using MemoryBuffer1D<ulong, Stride1D.Dense> second = memory.Rent<ulong>(300);
        Assert.Equal(300, second.Length);
        Assert.Equal(300, second.View.Length);
        Assert.Equal(address, second.NativePtr);

        // Too few bytes for so large a buffer, and too many.
        second.Dispose();
        using MemoryBuffer1D<byte, Stride1D.Dense> third = memory.Rent<byte>(1999);
        using MemoryBuffer1D<byte, Stride1D.Dense> fourth = memory.Rent<byte>(4001);
        Assert.Equal((6000L, 4000L), (memory.RentedBytes, memory.KeptBytes));
        Assert.DoesNotContain(address, (nint[])[third.NativePtr, fourth.NativePtr]);
    }

    [Fact]
    public void TheSmallestThatFitsIsTaken()
    {
        DeviceMemory memory = Made();
        MemoryBuffer1D<byte, Stride1D.Dense>[] buffers =
            [memory.Rent<byte>(150), memory.Rent<byte>(120), memory.Rent<byte>(190)];
        nint expected = buffers[1].NativePtr;
        Array.ForEach(buffers, buffer => buffer.Dispose());
        using MemoryBuffer1D<byte, Stride1D.Dense> found = memory.Rent<byte>(100);
        Assert.Equal(expected, found.NativePtr);
    }

    [Fact]
    public void WhatIsKeptIsBounded()
    {
        DeviceMemory memory = Made();
        MemoryBuffer1D<byte, Stride1D.Dense>[] buffers =
            [.. Enumerable.Range(0, 5).Select(_ => memory.Rent<byte>(Device / 20))];
        nint[] addresses = [.. buffers.Select(buffer => buffer.NativePtr)];
        Array.ForEach(buffers, buffer => buffer.Dispose());

        // An eighth of the device: the last two.
        Assert.Equal(2 * (Device / 20), memory.KeptBytes);
        Assert.Equal(addresses[3..], memory.Kept.Select(buffer => buffer.NativePtr));
    }

    [Fact]
    public void WhatIsTooLargeToBeKeptDrivesNothingOut()
    {
        DeviceMemory memory = Made();
        MemoryBuffer1D<byte, Stride1D.Dense> small = memory.Rent<byte>(1000);
        MemoryBuffer1D<byte, Stride1D.Dense> large = memory.Rent<byte>((Device / 8) + 1);
        small.Dispose();
        large.Dispose();
        Assert.Equal((0L, 1000L), (memory.RentedBytes, memory.KeptBytes));
    }

    [Fact]
    public void WhatIsKeptMakesRoomForWhatIsPlanned()
    {
        DeviceMemory memory = Made();
        memory.Rent<byte>(Device / 10).Dispose();
        using MemoryBuffer1D<byte, Stride1D.Dense> half = memory.Rent<byte>(Device * 8 / 10);
        Assert.Equal(Device / 10, memory.KeptBytes);
        using MemoryBuffer1D<byte, Stride1D.Dense> rest = memory.Rent<byte>(Device / 40);
        Assert.Equal(0, memory.KeptBytes);
    }

    [Fact]
    public void WhatTwoCallsDidNotUseIsGivenBack()
    {
        DeviceMemory memory = Made();
        memory.BeginCall();
        memory.Rent<byte>(100).Dispose();
        memory.Rent<byte>(5000).Dispose();
        memory.BeginCall();
        memory.Rent<byte>(100).Dispose();
        memory.BeginCall();
        Assert.Equal(5100, memory.KeptBytes);
        memory.BeginCall();
        Assert.Equal(100, memory.KeptBytes);
        memory.BeginCall();
        Assert.Equal(0, memory.KeptBytes);
    }

    [Fact]
    public void PageLockedArraysAreGivenOutAgain()
    {
        PinnedMemory memory = new(GpuTestDevices.Emulated.Accelerator);
        PinnedArray first = memory.Rent(100_000);
        first.Span<int>(8, 3)[2] = 7;
        first.Dispose();
        Assert.Equal(131_072, memory.KeptBytes);
        using PinnedArray second = memory.Rent(120_000);
        Assert.Equal(7, second.Span<int>(0, 5)[4]);
        Assert.Equal(0, memory.KeptBytes);
        using PinnedArray third = memory.Rent(1);
        third.Dispose();
        Assert.Equal(65_536, memory.KeptBytes);

        // Too large to be kept.
        memory.Rent(PinnedMemory.UsualBytes + 1).Dispose();
        Assert.Equal(65_536, memory.KeptBytes);
    }

    private static DeviceMemory Made() => new(GpuTestDevices.Emulated.Accelerator, Device);
}
