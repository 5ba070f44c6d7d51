using System.Buffers.Binary;
using System.Text;
using GnnReRank.Fuzz.Mutations;

namespace GnnReRank.Fuzz.Worst;

/// <summary>HDF5 files of the newer kind, message by message.</summary>
internal static class Hdf5Shapes
{
    private const int SuperblockLength = 48;
    private const int LinkMessage = 6;

    public static IEnumerable<WorstCase> All()
    {
        yield return Of("links to one data set", 20_000, (file, n) => Group(file, Enumerable.Repeat(Dataset(file, []), n).Select((address, at) => ($"d{at}", address))));
        yield return Of("data sets", 20_000, (file, n) => Group(file, [.. Enumerable.Range(0, n).Select(at => ($"d{at}", Dataset(file, [])))]));
        yield return Of("groups in a group", 20_000, (file, n) => Group(file, [.. Enumerable.Range(0, n).Select(at => ($"g{at}", Group(file, [])))]));
        yield return Of("nested groups", 2_000, (file, n) =>
        {
            long inner = Dataset(file, []);
            for (int at = 0; at < n; at++)
            {
                inner = Group(file, [("g", inner)]);
            }

            return inner;
        });
        yield return Of("attributes of one data set", 20_000, (file, n) => Group(file, [("features", Dataset(file, Enumerable.Range(0, n).Select(at => (12, Attribute($"a{at}")))))]));
        yield return Of("chunks of one value", 8_000, (file, n) => Group(file, [("features", Chunked(file, n))])) with { Most = ushort.MaxValue };
    }

    private static WorstCase Of(string shape, int size, Func<MemoryStream, int, long> root) => new("Hdf5", shape, "x.h5", size, (path, n) =>
    {
        using MemoryStream file = new();
        file.Write(new byte[SuperblockLength]);
        long address = root(file, n);
        byte[] head = [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', 2, 8, 8, 0, .. Number(0), .. Number(-1), .. Number(file.Length), .. Number(address)];
        file.Position = 0;
        file.Write(head);
        file.Write(Checksum(head));
        File.WriteAllBytes(path, file.ToArray());
    }, WorstCase.Features());

    private static long Group(MemoryStream file, IEnumerable<(string Name, long Address)> links) =>
        Header(file, links.Select(link => (LinkMessage, (byte[])[1, 0, (byte)link.Name.Length, .. Encoding.ASCII.GetBytes(link.Name), .. Number(link.Address)])));

    private static long Dataset(MemoryStream file, IEnumerable<(int Type, byte[] Content)> more)
    {
        long values = file.Length;
        file.Write([0, 0, 128, 63, 0, 0, 0, 64]);
        return Header(file, [(1, Space(1, 2)), (3, s_single), (8, [3, 1, .. Number(values), .. Number(8)]), .. more]);
    }

    private static long Chunked(MemoryStream file, int rows)
    {
        long value = file.Length;
        file.Write([0, 0, 128, 63]);
        long tree = file.Length;
        file.Write([.. "TREE"u8, 1, 0, (byte)rows, (byte)(rows >> 8), .. Number(-1), .. Number(-1)]);
        for (int row = 0; row <= rows; row++)
        {
            file.Write([4, 0, 0, 0, 0, 0, 0, 0, .. Number(row), .. Number(0), .. Number(0)]);
            if (row < rows)
            {
                file.Write(Number(value));
            }
        }

        return Header(file, [(1, Space(rows, 1)), (3, s_single), (8, [3, 2, 3, .. Number(tree), 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0])]);
    }

    private static readonly byte[] s_single = [0x11, 0x20, 0x1F, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0];

    private static byte[] Space(long rows, long columns) => [2, 2, 0, 1, .. Number(rows), .. Number(columns)];

    private static byte[] Attribute(string name)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(name), 0];
        byte[] space = Space(1, 1);
        return [3, 0, (byte)text.Length, 0, (byte)s_single.Length, 0, (byte)space.Length, 0, 0, .. text, .. s_single, .. space, 0, 0, 128, 63];
    }

    private static long Header(MemoryStream file, IEnumerable<(int Type, byte[] Content)> messages)
    {
        using MemoryStream body = new();
        foreach ((int type, byte[] content) in messages)
        {
            body.Write([(byte)type, (byte)content.Length, (byte)(content.Length >> 8), 0]);
            body.Write(content);
        }

        long address = file.Length;
        byte[] header = [.. "OHDR"u8, 2, 2, .. BitConverter.GetBytes((int)body.Length), .. body.ToArray()];
        file.Write(header);
        file.Write(Checksum(header));
        return address;
    }

    private static byte[] Number(long value) => BitConverter.GetBytes(value);

    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        byte[] sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Hdf5Container.Jenkins(bytes));
        return sum;
    }
}
