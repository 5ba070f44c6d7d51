using System.Buffers.Binary;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.GpuKit;

/// <summary>What the GPU kit makes of the parameters of the emulator's tests.</summary>
public sealed class PtxAddressesTests
{
    private const ulong First = PtxMemory.Base;
    private const ulong Second = First + PtxMemory.Spacing;
    private const ulong OnDevice = 0x7f12_3400_0000;

    private readonly PtxAddresses _addresses = new();

    public PtxAddressesTests()
    {
        _addresses.Add(First, OnDevice, 640);
        _addresses.Add(Second, 0x7f99_0000_0000, 0);
    }

    [Theory]
    [InlineData(First, OnDevice)]
    [InlineData(First + 512, OnDevice + 512)]
    [InlineData(First + 640, OnDevice + 640)]
    [InlineData(First + 641, First + 641)]
    [InlineData(Second, 0x7f99_0000_0000)]
    [InlineData(Second + 4, Second + 4)]
    [InlineData(0, 0)]
    [InlineData(128 | (640UL << 32), 128 | (640UL << 32))]
    public void AddressesOfBuffersAndIntoThemAreTheDevices(ulong emulated, ulong expected)
    {
        byte[] parameters = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(parameters.AsSpan(8), emulated);
        byte[] translated = _addresses.Translate(parameters);
        Assert.Equal(expected, BinaryPrimitives.ReadUInt64LittleEndian(translated.AsSpan(8)));
        Assert.Equal(new byte[8], translated[..8]);
        Assert.Equal(new byte[8], translated[16..]);
    }

    /// <summary>Numbers that kernels take: none has the bits of an address.</summary>
    [Fact]
    public void NumbersStayAsTheyAre()
    {
        PtxMemory memory = new();
        PtxAddresses addresses = new();
        foreach (int at in Enumerable.Range(0, 64))
        {
            addresses.Add(memory.Add(new byte[1 << 20]), OnDevice + ((ulong)at << 20), 1 << 20);
        }

        double[] numbers = [0, 1, 2, -2, 0.5, 1e-6, 1e6, double.MaxValue, double.NaN, double.PositiveInfinity];
        byte[] parameters =
        [
            .. numbers.SelectMany(BitConverter.GetBytes),
            .. numbers.SelectMany(number => (byte[])[.. new byte[4], .. BitConverter.GetBytes((float)number)]),
            .. numbers.SelectMany(number => (byte[])[.. new byte[4], .. BitConverter.GetBytes((int)Math.Clamp(number, -9, 9))]),
        ];
        Assert.Equal(parameters, addresses.Translate(parameters));
    }
}
