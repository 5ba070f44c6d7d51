using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Tests.Formats.Npy;

/// <summary>Puts .npy files together by hand, right or wrong.</summary>
internal static class NpyBytes
{
    public static byte[] Make(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] size = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(size, text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. data];
    }

    public static byte[] Make(string descriptor, string shape, byte[] data, bool fortran = false) =>
        Make($"{{'descr': '{descriptor}', 'fortran_order': {fortran}, 'shape': {shape}, }}", data);

    public static byte[] Doubles(params double[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();

    public static byte[] Singles(params float[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();

    public static byte[] Ints(params int[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();

    public static byte[] Longs(params long[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();
}
