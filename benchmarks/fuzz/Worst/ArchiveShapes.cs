using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Zip archives, .npy headers, Safetensors and pictures.</summary>
internal static class ArchiveShapes
{
    // What is longer is refused unread.
    private const int LongestHeader = 9_900;

    // What is packed is made in memory first.
    private const int MostUnpacked = 200_000_000;

    public static IEnumerable<WorstCase> All(object ranking)
    {
        yield return new WorstCase("Npz", "members", "x.npz", 10_000, (path, n) => Zip(path, Enumerable.Range(0, n).Select(at => ($"a{at}.npy", NpyOf(1, 2))), isPacked: false), WorstCase.Features());
        yield return new WorstCase("Npz", "members of a usual name's kind", "x.npz", 10_000, (path, n) => Zip(path, Enumerable.Range(0, n).Select(at => ($"features{at}.npy", NpyOf(1, 2))).Prepend(("features.npy", NpyOf(3, 2))), isPacked: false), WorstCase.Features());
        yield return new WorstCase("Npz", "one member that unpacks", "x.npz", 20_000_000, (path, n) => Zip(path, [("features.npy", NpyOf(n / 40, 10))], isPacked: true), WorstCase.Features());
        yield return new WorstCase("Npy", "brackets in the header", "x.npy", 1_000, (path, n) => File.WriteAllBytes(path, Npy($"{{'descr': {new string('(', n)}<f4", [])), WorstCase.Features(), LongestHeader);
        yield return new WorstCase("Npy", "a long header", "x.npy", 1_000, (path, n) => File.WriteAllBytes(path, Npy($"{{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }}{new string(' ', n)}", new byte[16])), WorstCase.Features(), LongestHeader);
        yield return new WorstCase("Npy", "fields of one type", "x.npy", 50, (path, n) => File.WriteAllBytes(path, Npy($"{{'descr': [{string.Join(", ", Enumerable.Range(0, n).Select(at => $"('f{at}', '<f4')"))}], 'fortran_order': False, 'shape': (1,), }}", new byte[4 * n])), WorstCase.Features(), LongestHeader / 16);
        yield return new WorstCase("NpyFolder", "files", "x", 5_000, WriteFolder, WorstCase.Features());
        yield return new WorstCase("Safetensors", "tensors", "x.safetensors", 50_000, (path, n) => Safetensors(path, string.Join(',', Enumerable.Range(0, n).Select(at => $"\"t{at}\":{{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[{at * 8},{at * 8 + 8}]}}")), n * 8), WorstCase.Features());
        yield return new WorstCase("Safetensors", "lines of metadata", "x.safetensors", 100_000, (path, n) => Safetensors(path, $"\"__metadata__\":{{{string.Join(',', Enumerable.Range(0, n).Select(at => $"\"k{at}\":\"v\""))}}},\"features\":{{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 8), WorstCase.Features());
        yield return new WorstCase("Safetensors", "nested lists", "x.safetensors", 1_000_000, (path, n) => Safetensors(path, $"\"features\":{new string('[', n)}", 8), WorstCase.Features());
        yield return new WorstCase("Safetensors", "dimensions of one shape", "x.safetensors", 200_000, (path, n) => Safetensors(path, $"\"features\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', Enumerable.Repeat("1", n))}],\"data_offsets\":[0,4]}}", 4), WorstCase.Features());
        yield return new WorstCase("Picture", "text chunk that unpacks", "p.png", 50_000_000, (path, n) => File.WriteAllBytes(path, MadePng.Of(4, 4, [("zTXt", [.. "Comment\0\0"u8, .. MadePng.Deflated(new byte[n])])])), Report(ranking));
        yield return new WorstCase("Picture", "text chunks", "p.png", 100_000, (path, n) => File.WriteAllBytes(path, MadePng.Of(4, 4, Enumerable.Range(0, n).Select(at => ("tEXt", Encoding.ASCII.GetBytes($"k{at}\0v"))))), Report(ranking));
        yield return new WorstCase("Picture", "rows of pixels that unpack", "p.png", 4_000, (path, n) => File.WriteAllBytes(path, MadePng.Of(1000, n, [])), Report(ranking), MostUnpacked / 1000);
        yield return new WorstCase("Fvecs", "rows of one value", "x.fvecs", 500_000, (path, n) => Repeat(path, [1, 0, 0, 0, 0, 0, 128, 63], n), WorstCase.Features());
        yield return new WorstCase("Torch", "a pickle that unpacks", "x.pt", 4_000_000, (path, n) => Zip(path, [("x/data.pkl", PickleShapes.Nones(n)), ("x/version", "3\n"u8.ToArray())], isPacked: true), WorstCase.Features(), MostUnpacked);
        yield return new WorstCase("Torch", "members", "x.pt", 10_000, (path, n) => Zip(path, Enumerable.Range(0, n).Select(at => ($"x/data/{at}", new byte[8])).Append(("x/data.pkl", PickleShapes.Nones(3))), isPacked: false), WorstCase.Features());
    }

    private static Call Report(object ranking) => new("Export-RankingReport -Embed", (shell, path) => shell.AddCommand("Export-RankingReport")
        .AddParameter("Path", Path.ChangeExtension(path, ".html")).AddParameter("InputObject", ranking).AddParameter("Embed").AddParameter("Force")
        .AddParameter("ImageRoot", Path.GetDirectoryName(path)));

    private static void Zip(string path, IEnumerable<(string Name, byte[] Content)> members, bool isPacked)
    {
        using ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in members)
        {
            using Stream stream = archive.CreateEntry(name, isPacked ? CompressionLevel.SmallestSize : CompressionLevel.NoCompression).Open();
            stream.Write(content);
        }
    }

    private static byte[] NpyOf(int rows, int columns)
    {
        byte[] values = new byte[rows * columns * 4];
        for (int at = 0; at < values.Length; at += 4)
        {
            BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(at), 1);
        }

        return Npy($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}", values);
    }

    private static byte[] Npy(string header, byte[] values)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length + 1);
        return [0x93, .. "NUMPY"u8, 2, 0, .. length, .. Encoding.Latin1.GetBytes(header), (byte)'\n', .. values];
    }

    private static void Safetensors(string path, string tensors, int length)
    {
        byte[] header = Encoding.UTF8.GetBytes("{" + tensors + "}");
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, header.Length);
        byte[] values = new byte[length];
        for (int at = 3; at < length; at += 4)
        {
            values[at] = 0x3F;
        }

        File.WriteAllBytes(path, [.. size, .. header, .. values]);
    }

    private static void WriteFolder(string path, int count)
    {
        Directory.CreateDirectory(path);
        byte[] row = NpyOf(1, 4);
        for (int at = 0; at < count; at++)
        {
            File.WriteAllBytes(Path.Combine(path, $"{at}.npy"), row);
        }
    }

    private static void Repeat(string path, byte[] row, int count)
    {
        using FileStream file = File.Create(path);
        for (int at = 0; at < count; at++)
        {
            file.Write(row);
        }
    }
}
