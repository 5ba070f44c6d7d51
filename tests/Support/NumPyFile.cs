using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace GnnReRank.Tests;

/// <summary>Writes NumPy files after NEP 1, apart from the module's own writer.</summary>
public static class NumPyFile
{
    public static void WriteNpy(string path, float[,] values) =>
        File.WriteAllBytes(path, Npy("<f4", Bytes(values), values.GetLength(0), values.GetLength(1)));

    /// <summary>The values rounded to float16.</summary>
    public static void WriteHalfNpy(string path, float[,] values) => File.WriteAllBytes(
        path, Npy("<f2", [.. values.Cast<float>().SelectMany(value => BitConverter.GetBytes((Half)value))], values.GetLength(0), values.GetLength(1)));

    /// <summary>A query and a gallery set under layumi's names.</summary>
    public static void WriteSets(string path, LabelledRows query, LabelledRows gallery)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        WriteSet(archive, "query", query);
        WriteSet(archive, "gallery", gallery);
    }

    private static void WriteSet(ZipArchive archive, string name, LabelledRows rows)
    {
        Add(archive, $"{name}_f.npy", Npy("<f4", Bytes(rows.Values), rows.Values.GetLength(0), rows.Values.GetLength(1)));
        Add(archive, $"{name}_label.npy", Npy("<i8", MemoryMarshal.AsBytes<long>(rows.Labels).ToArray(), rows.Labels.Length));
        if (rows.Cameras is not null)
        {
            Add(archive, $"{name}_cam.npy", Npy("<i4", MemoryMarshal.AsBytes<int>(rows.Cameras).ToArray(), rows.Cameras.Length));
        }
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static byte[] Npy(string type, byte[] data, params int[] shape)
    {
        string sizes = string.Join(", ", shape) + (shape.Length == 1 ? "," : string.Empty);
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Bytes(float[,] values)
    {
        byte[] bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
