using System.IO.Compression;
using System.Text;

namespace GnnReRank.Tests;

/// <summary>Writes files of Python's pickle.dump and of torch.save opcode by opcode, apart from the module's own reader.</summary>
public static class PickleFile
{
    private const byte Proto = 0x80, Stop = (byte)'.', Mark = (byte)'(', EmptyList = (byte)']', Appends = (byte)'e', BinInt1 = (byte)'K',
        BinInt = (byte)'J', BinUnicode = (byte)'X', Global = (byte)'c', Tuple = (byte)'t', Tuple2 = 0x86, EmptyTuple = (byte)')', Reduce = (byte)'R',
        BinPersId = (byte)'Q', NewFalse = 0x89;

    /// <summary>A list of lists of small whole numbers.</summary>
    public static void WriteRows(string path, float[,] values)
    {
        using BinaryWriter file = new(File.Create(path));
        file.Write([Proto, 2, EmptyList, Mark]);
        for (int row = 0; row < values.GetLength(0); row++)
        {
            file.Write([EmptyList, Mark, .. Enumerable.Range(0, values.GetLength(1)).SelectMany(column => (byte[])[BinInt1, (byte)values[row, column]]), Appends]);
        }

        file.Write([Appends, Stop]);
    }

    /// <summary>One tensor of float32, as torch.save has written it since version 1.6.</summary>
    public static void WriteTensor(string path, float[,] values)
    {
        int rows = values.GetLength(0);
        int columns = values.GetLength(1);
        byte[] elements = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, elements, 0, elements.Length);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(archive, "data.pkl",
        [
            Proto, 2, .. Named("torch._utils", "_rebuild_tensor_v2"), Mark,
            Mark, .. Text("storage"), .. Named("torch", "FloatStorage"), .. Text("0"), .. Text("cpu"), .. Whole(values.Length), Tuple, BinPersId,
            .. Whole(0), .. Whole(rows), .. Whole(columns), Tuple2, .. Whole(columns), .. Whole(1), Tuple2, NewFalse,
            .. Named("collections", "OrderedDict"), EmptyTuple, Reduce, Tuple, Reduce, Stop,
        ]);
        Add(archive, "data/0", elements);
        Add(archive, "version", "3\n"u8.ToArray());
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream entry = archive.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static byte[] Named(string module, string name) => [Global, .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")];

    private static byte[] Text(string text) => [BinUnicode, .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Whole(int number) => [BinInt, .. BitConverter.GetBytes(number)];
}
