using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Writes arrays as NumPy reads them.</summary>
internal static class NpyFile
{
    // The values begin at a multiple of this.
    private const int Alignment = 64;

    /// <summary>Writes a matrix part by part, so that it may be larger than an array.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="rows">Rows of all parts.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="parts">Whole rows, in order.</param>
    public static void Write<T>(string path, int rows, int columns, params IEnumerable<ReadOnlyMemory<T>> parts)
        where T : unmanaged
    {
        string type = typeof(T) == typeof(float) ? "<f4" : "<i4";
        string header = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        const int prefix = 10;
        int length = (prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] start = new byte[length];
        start.AsSpan().Fill((byte)' ');
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(start);
        BitConverter.TryWriteBytes(start.AsSpan(8), (ushort)(length - prefix));
        Encoding.ASCII.GetBytes(header, start.AsSpan(prefix));
        start[^1] = (byte)'\n';
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        file.Write(start);
        foreach (ReadOnlyMemory<T> part in parts)
        {
            WriteValues(file, part.Span);
        }
    }

    private static void WriteValues<T>(FileStream file, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // A span of bytes holds no more than 2 GB.
        const int most = 1 << 28;
        for (int from = 0; from < values.Length; from += most)
        {
            file.Write(MemoryMarshal.AsBytes(values.Slice(from, Math.Min(most, values.Length - from))));
        }
    }
}
