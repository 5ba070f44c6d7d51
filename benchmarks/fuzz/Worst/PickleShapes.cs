using System.Text;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Pickles, opcode by opcode.</summary>
internal static class PickleShapes
{
    private static readonly byte[] s_start = [0x80, 4];

    public static IEnumerable<WorstCase> All()
    {
        yield return Of("nothing but None", 1_000_000, Nones);
        yield return Of("nested lists", 300_000, n => [.. s_start, .. Enumerable.Repeat((byte)']', n), .. Enumerable.Repeat((byte)'a', n - 1), (byte)'.']);
        yield return Of("memoised lists, each in the next", 200_000, n => [.. s_start, (byte)']', 0x94, .. Enumerable.Repeat<byte[]>([0x85, 0x94], n).SelectMany(code => code), (byte)'.']);
        yield return Of("keys of one dictionary", 200_000, n => [.. s_start, (byte)'}', (byte)'(', .. Enumerable.Range(0, n).SelectMany(at => (byte[])[.. Text($"k{at}"), (byte)'K', 1]), (byte)'u', (byte)'.']);
        yield return Of("a list twice in a list, again and again", 20_000, n =>
        {
            List<byte> code = [.. s_start, (byte)']', 0x94];
            for (int at = 0; at < n; at++)
            {
                code.AddRange([(byte)'j', .. BitConverter.GetBytes(at), (byte)'j', .. BitConverter.GetBytes(at), 0x86, 0x94]);
            }

            return [.. code, (byte)'.'];
        });
        yield return Of("rows of one number", 200_000, n => [.. s_start, (byte)']', (byte)'(', .. Enumerable.Repeat<byte[]>([(byte)']', (byte)'K', 1, (byte)'a'], n).SelectMany(code => code), (byte)'e', (byte)'.']);
        yield return Of("one long text", 4_000_000, n => [.. s_start, (byte)'X', .. BitConverter.GetBytes(n), .. Enumerable.Repeat((byte)'a', n), (byte)'.']);
        yield return Of("a decimal of many digits", 100_000, n => [(byte)'L', .. Enumerable.Repeat((byte)'7', n), (byte)'L', (byte)'\n', (byte)'.']);
        yield return Of("one long integer", 250_000, n => [.. s_start, 0x8B, .. BitConverter.GetBytes(n), .. Enumerable.Repeat((byte)0x77, n), (byte)'.']);
    }

    public static byte[] Nones(int count) => [.. s_start, (byte)']', (byte)'(', .. Enumerable.Repeat((byte)'N', count), (byte)'e', (byte)'.'];

    private static byte[] Text(string text) => [0x8C, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static WorstCase Of(string shape, int size, Func<int, byte[]> bytes) =>
        new("Pickle", shape, "x.pkl", size, (path, n) => File.WriteAllBytes(path, bytes(n)), WorstCase.Features());
}
