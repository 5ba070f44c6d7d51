using System.IO.Compression;
using System.Text;

namespace GnnReRank.Tests.Formats.Torch;

/// <summary>Archives and pickles that torch.save does not write.</summary>
public sealed class TorchRefusalTests
{
    [Fact]
    public void RefusesAnExpandedTensor()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("torch", "expanded.pt"));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("contiguous()", error.Message);
    }

    [Fact]
    public void RefusesAModel()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("torch", "script.pt"));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("TorchScript", error.Message);
    }

    [Fact]
    public void RefusesAnotherZipFile()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("numpy", "sets.npz"), new FeatureReadOptions { Format = FeatureFormat.Torch });
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("data.pkl", error.Message);
    }

    /// <summary>Shape, strides and offset against a storage of 30 elements, with the element where each would end.</summary>
    [Theory]
    [InlineData("K\u0000", "K\u0006K\u0005\u0086", "K\u0006K\u0001\u0086")] // 5 * 6 + 4 = 34
    [InlineData("K\u0001", "K\u0006K\u0005\u0086", "K\u0005K\u0001\u0086")] // 1 + 29 = 30
    [InlineData("K\u001f", "K\u0000K\u0005\u0086", "K\u0005K\u0001\u0086")] // starts at 31
    [InlineData("K\u0000", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fK\u0005\u0086", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fK\u0001\u0086")] // 2^126
    [InlineData("K\u0000", "K\u0006K\u0005\u0086", "J\u00ff\u00ff\u00ff\u00ffK\u0001\u0086")] // stride -1
    [InlineData("J\u00ff\u00ff\u00ff\u00ff", "K\u0006K\u0005\u0086", "K\u0005K\u0001\u0086")] // offset -1
    [InlineData("K\u0000", "K\u0006K\u0005\u0086", "K\u0001\u0085")] // one stride for two extents
    public void HoldsAViewAgainstItsStorage(string offset, string shape, string strides)
    {
        using TemporaryFolder folder = new();
        Write(folder["view.pt"], Pickle(Storage("torch\nFloatStorage", "0", "K\u001e"), offset, shape, strides), 120);
        Assert.Equal("CorruptFile", Formulas.Refused(folder["view.pt"]).ErrorId);
    }

    [Theory]
    [InlineData("torch\nFloatStorage", "0", "K\u001f", "CorruptFile", "claims 124 bytes, and 'archive/data/0' has 120")]
    [InlineData("torch\nFloatStorage", "0", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "CorruptFile", "claims 9,223,372,036,854,775,807 elements")]
    [InlineData("torch\nFloatStorage", "1", "K\u001e", "CorruptFile", "it holds no 'archive/data/1'")]
    [InlineData("torch\nFloatStorage", "../version", "K\u001e", "CorruptFile", "it holds no")]
    [InlineData("torch\nQInt8Storage", "0", "K\u001e", "PickleRefused", "torch.QInt8Storage")]
    [InlineData("collections\nOrderedDict", "0", "K\u001e", "PickleRefused", "no tensor storage")]
    public void HoldsAStorageAgainstTheArchive(string type, string key, string count, string errorId, string what)
    {
        using TemporaryFolder folder = new();
        Write(folder["storage.pt"], Pickle(Storage(type, key, count), "K\u0000", "K\u0006K\u0005\u0086", "K\u0005K\u0001\u0086"), 120);
        GnnReRankException error = Formulas.Refused(folder["storage.pt"]);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void CodeInAnArchiveIsRefused()
    {
        using TemporaryFolder folder = new();
        Write(folder["code.pt"], $"\u0080\u0002cos\nsystem\nX\u0008\u0000\u0000\u0000touch /x\u0085R.", 120);
        GnnReRankException error = Formulas.Refused(folder["code.pt"]);
        Assert.Equal("PickleRefused", error.ErrorId);
        Assert.Contains("opcode GLOBAL at byte 2 asks for 'os.system'", error.Message);
    }

    /// <summary>Byte strings read as files may hold no such byte strings in turn: no nesting runs deep.</summary>
    [Fact]
    public void AFileInAFileInAFileIsRefused()
    {
        using TemporaryFolder folder = new();
        string inner = "\u0080\u0002.";
        for (int level = 0; level < 3; level++)
        {
            string header = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019.\u0080\u0002M\u00e9\u0003.\u0080\u0002}X\u000d\u0000\u0000\u0000little_endian\u0088s.";
            inner = $"{header}\u0080\u0002ctorch.storage\n_load_from_bytes\nC{(char)inner.Length}{inner}\u0085R.";
        }

        byte[] bytes = Encoding.Latin1.GetBytes(inner);
        File.WriteAllBytes(folder["deep.pt"], bytes);
        GnnReRankException error = Formulas.Refused(folder["deep.pt"]);
        Assert.Equal("PickleRefused", error.ErrorId);
        Assert.Contains("_load_from_bytes", error.Message);
    }

    [Fact]
    public void AnEntryThatClaimsMoreThanItsBytesCanHoldIsRefused()
    {
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("torch", "table_deflated.pt"));
        int directory = IndexOfLast(valid, "PK\u0001\u0002table/data/0");
        BitConverter.GetBytes(0x7FFFFFF0).CopyTo(valid, directory + 24);
        File.WriteAllBytes(folder["bomb.pt"], valid);
        Allocation.AssertBelow(1 << 20, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["bomb.pt"]).ErrorId));
    }

    /// <summary>97 KB of deflated opcodes made gigabytes of objects: a pickle longer than its file is no data.</summary>
    [Fact]
    public void APickleThatUnpacksPastItsFileIsRefused()
    {
        using TemporaryFolder folder = new();
        Write(folder["bomb.pt"], $"\u0080\u0002({new string('N', 2_000_000)}l.", 120, CompressionLevel.Optimal);
        Allocation.AssertBelow(1 << 20, () => Assert.Contains("2,000,005 bytes is compressed to", Formulas.Refused(folder["bomb.pt"]).Message));
    }

    [Theory]
    [InlineData("little", "nothing but zeros")]
    [InlineData("big", "nothing but zeros")]
    [InlineData("middle", "is 'middle'")]
    [InlineData("littl", "is 'littl'")]
    [InlineData("bigger", "is 'bigger'")]
    [InlineData("", "is ''")]
    public void AnUnknownByteOrderIsRefused(string order, string what)
    {
        using TemporaryFolder folder = new();
        Write(folder["order.pt"], Pickle(Storage("torch\nFloatStorage", "0", "K\u001e"), "K\u0000", "K\u0006K\u0005\u0086", "K\u0005K\u0001\u0086"), 120);
        using (ZipArchive archive = ZipFile.Open(folder["order.pt"], ZipArchiveMode.Update))
        {
            using Stream stream = archive.CreateEntry("archive/byteorder").Open();
            stream.Write(Encoding.ASCII.GetBytes(order));
        }

        Assert.Contains(what, Formulas.Refused(folder["order.pt"]).Message);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("}X\u000d\u0000\u0000\u0000little_endianK\u0002s")]
    public void AnUnknownByteOrderIsRefusedInTheOlderFormatToo(string system)
    {
        using TemporaryFolder folder = new();
        const string magic = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019.\u0080\u0002M\u00e9\u0003.";
        File.WriteAllBytes(folder["a.pt"], Encoding.Latin1.GetBytes($"{magic}\u0080\u0002{system}.\u0080\u0002}}.\u0080\u0002]."));
        Assert.Contains("byte order", Formulas.Refused(folder["a.pt"]).Message);
    }

    [Fact]
    public void AnExpandedTensorIsRefusedBeforeItIsAllocated()
    {
        using TemporaryFolder folder = new();
        const string rows = "J\u0080\u0096\u0098\u0000"; // 10,000,000
        Write(folder["rows.pt"], Pickle(Storage("torch\nFloatStorage", "0", "K\u001e"), "K\u0000", $"{rows}K\u001e\u0086", "K\u0000K\u0001\u0086"), 120);
        Allocation.AssertBelow(1 << 20, () => Assert.Contains("(expand)", Formulas.Refused(folder["rows.pt"]).Message));
    }

    // The directory's entry: its signature, 42 bytes further its name.
    private static int IndexOfLast(byte[] archive, string signatureAndName)
    {
        byte[] signature = Encoding.Latin1.GetBytes(signatureAndName[..4]);
        byte[] name = Encoding.Latin1.GetBytes(signatureAndName[4..]);
        for (int start = archive.Length - name.Length - 46; start >= 0; start--)
        {
            if (archive.AsSpan(start).StartsWith(signature) && archive.AsSpan(start + 46).StartsWith(name))
            {
                return start;
            }
        }

        throw new InvalidOperationException("The archive has no such entry.");
    }

    private static string Storage(string type, string key, string count) =>
        $"(X\u0007\u0000\u0000\u0000storagec{type}\nX{(char)key.Length}\u0000\u0000\u0000{key}X\u0003\u0000\u0000\u0000cpu{count}tQ";

    private static string Pickle(string storage, string offset, string shape, string strides) =>
        $"\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n({storage}{offset}{shape}{strides}\u0089ccollections\nOrderedDict\n)RtR.";

    private static void Write(string path, string pickle, int storageLength, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in new[] { ("data.pkl", Encoding.Latin1.GetBytes(pickle)), ("data/0", new byte[storageLength]), ("version", "3\n"u8.ToArray()) })
        {
            using Stream stream = archive.CreateEntry($"archive/{name}", level).Open();
            stream.Write(content);
        }
    }
}
