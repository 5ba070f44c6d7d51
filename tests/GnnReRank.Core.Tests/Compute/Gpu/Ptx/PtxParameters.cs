namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>The bytes of a kernel's struct of arguments, field by field.</summary>
internal sealed class PtxParameters
{
    private readonly List<byte> _bytes = [];

    public PtxParameters Add(params ReadOnlySpan<int> values)
    {
        foreach (int value in values)
        {
            _bytes.AddRange(BitConverter.GetBytes(value));
        }

        return this;
    }

    public PtxParameters AddAddress(ulong address)
    {
        _bytes.AddRange(BitConverter.GetBytes(address));
        return this;
    }

    /// <summary>A view: its address and its length.</summary>
    public PtxParameters AddView(ulong address, int length)
    {
        _bytes.AddRange(BitConverter.GetBytes(address));
        _bytes.AddRange(BitConverter.GetBytes((long)length));
        return this;
    }

    public byte[] ToArray() => [.. _bytes, .. new byte[(8 - (_bytes.Count % 8)) % 8]];
}
