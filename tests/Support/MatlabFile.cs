using System.Text;

namespace GnnReRank.Tests;

/// <summary>Writes MATLAB v5 files after the format's specification, apart from the module's own reader.</summary>
public static class MatlabFile
{
    private const int Int8 = 1, Int32 = 5, UInt32 = 6, Single = 7, Matrix = 14, SingleClass = 7;

    /// <summary>A query and a gallery set under layumi's names: features as rows, labels and cameras as 1 x n.</summary>
    public static void WriteSets(string path, LabelledRows query, LabelledRows gallery)
    {
        using BinaryWriter file = new(File.Create(path));
        file.Write(Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)));
        file.Write((short)0x0100);
        file.Write((short)0x4D49);
        WriteSet(file, "query", query);
        WriteSet(file, "gallery", gallery);
    }

    private static void WriteSet(BinaryWriter file, string name, LabelledRows rows)
    {
        int count = rows.Values.GetLength(0);
        int dimension = rows.Values.GetLength(1);
        file.Write(Variable($"{name}_f", count, dimension, index => rows.Values[index % count, index / count]));
        file.Write(Variable($"{name}_label", 1, count, index => rows.Labels[index]));
        file.Write(Variable($"{name}_cam", 1, count, index => rows.Cameras![index]));
    }

    /// <summary>One array; the values come by their place in column-major order.</summary>
    private static byte[] Variable(string name, int rows, int columns, Func<int, float> value)
    {
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(value)];
        return Element(Matrix,
        [
            .. Element(UInt32, [.. BitConverter.GetBytes(SingleClass), .. new byte[4]]),
            .. Element(Int32, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]),
            .. Element(Int8, Encoding.ASCII.GetBytes(name)),
            .. Element(Single, [.. values.SelectMany(BitConverter.GetBytes)]),
        ]);
    }

    /// <summary>A tag and its data, filled up to a multiple of eight bytes.</summary>
    private static byte[] Element(int type, byte[] data) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];
}
