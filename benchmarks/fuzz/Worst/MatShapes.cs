using System.Text;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Worst;

/// <summary>MATLAB 5 files.</summary>
internal static class MatShapes
{
    private const int Matrix = 14;
    private const int Compressed = 15;
    private const int CellClass = 1;
    private const int StructClass = 2;
    private const int DoubleClass = 6;

    // Made in memory first, 8 bytes a number.
    private const int MostUnpacked = 30_000_000;

    // Each is written into the next.
    private const int MostNested = 8_000;

    public static IEnumerable<WorstCase> All()
    {
        yield return Of("variables", 20_000, n => Enumerable.Range(0, n).Select(at => Number($"v{at}", 1, 2)));
        yield return Of("cells", 50_000, n => [Number("features", n, 2), Cells("names", Enumerable.Repeat(Text("a.jpg"), n))]);
        yield return Of("fields of a struct", 20_000, n => [Struct("features", n)]);
        yield return Of("nested cells", 1_000, n =>
        {
            byte[] inner = Number("", 1, 1);
            for (int at = 0; at < n; at++)
            {
                inner = Cells(at == n - 1 ? "names" : "", [inner]);
            }

            return [Number("features", 2, 2), inner];
        }) with { Most = MostNested };
        yield return Of("a variable that unpacks", 2_000_000, n => [Element(Compressed, MadePng.Deflated(Number("features", n / 10, 10)), isPadded: false)]) with { Most = MostUnpacked };
        yield return Of("packed variables", 10_000, n => Enumerable.Range(0, n).Select(at => Element(Compressed, MadePng.Deflated(Number($"v{at}", 1, 2)), isPadded: false)));
    }

    private static WorstCase Of(string shape, int size, Func<int, IEnumerable<byte[]>> variables) => new("Mat", shape, "x.mat", size, (path, n) =>
    {
        using FileStream file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)));
        file.Write([0, 1, (byte)'I', (byte)'M']);
        foreach (byte[] variable in variables(n))
        {
            file.Write(variable);
        }
    }, WorstCase.Features());

    private static byte[] Element(int type, byte[] content, bool isPadded = true) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[isPadded ? -content.Length & 7 : 0]];

    private static byte[] Array(int kind, string name, int rows, int columns, byte[] content) => Element(Matrix,
    [
        .. Element(6, [.. BitConverter.GetBytes(kind), .. new byte[4]]),
        .. Element(5, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]),
        .. Element(1, Encoding.ASCII.GetBytes(name)),
        .. content,
    ]);

    private static byte[] Number(string name, int rows, int columns)
    {
        byte[] values = new byte[rows * columns * 8];
        for (int at = 7; at < values.Length; at += 8)
        {
            values[at] = 0x3F;
        }

        return Array(DoubleClass, name, rows, columns, Element(9, values));
    }

    private static byte[] Text(string text) => Array(4, "", 1, text.Length, Element(4, Encoding.Unicode.GetBytes(text)));

    private static byte[] Cells(string name, IEnumerable<byte[]> cells)
    {
        byte[][] all = [.. cells];
        return Array(CellClass, name, all.Length, 1, Joined(all));
    }

    private static byte[] Struct(string name, int fields) => Array(StructClass, name, 1, 1,
    [
        .. Element(5, BitConverter.GetBytes(16)),
        .. Element(1, Joined([.. Enumerable.Range(0, fields).Select(at => Encoding.ASCII.GetBytes($"f{at}".PadRight(16, '\0')))])),
        .. Joined([.. Enumerable.Repeat(Number("", 1, 1), fields)]),
    ]);

    private static byte[] Joined(byte[][] parts)
    {
        using MemoryStream joined = new();
        foreach (byte[] part in parts)
        {
            joined.Write(part);
        }

        return joined.ToArray();
    }
}
