using System.Buffers.Binary;

namespace GnnReRank.GpuKit.Cuda;

/// <summary>The buffers of one run: where the emulator's tests think that they lie, and where they do.</summary>
internal sealed class PtxAddresses
{
    private readonly List<(ulong Emulated, ulong Real, ulong Length)> _buffers = [];

    public void Add(ulong emulated, ulong real, int length) => _buffers.Add((emulated, real, (ulong)length));

    /// <summary>A kernel's parameters with the addresses on the device: those of buffers, and those into them.</summary>
    /// <remarks>The emulator's addresses have bits that no usual number has, and are aligned as all pointers are.</remarks>
    public byte[] Translate(ReadOnlySpan<byte> parameters)
    {
        byte[] translated = parameters.ToArray();
        for (int at = 0; at + sizeof(ulong) <= translated.Length; at += sizeof(ulong))
        {
            Span<byte> word = translated.AsSpan(at, sizeof(ulong));
            BinaryPrimitives.WriteUInt64LittleEndian(word, Translate(BinaryPrimitives.ReadUInt64LittleEndian(word)));
        }

        return translated;
    }

    private ulong Translate(ulong value)
    {
        foreach ((ulong emulated, ulong real, ulong length) in _buffers)
        {
            // The end counts: an empty view may begin there.
            if (value >= emulated && value - emulated <= length)
            {
                return real + (value - emulated);
            }
        }

        return value;
    }
}
