using System.Text;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Tests.Formats.Pickle;

/// <summary>Pickles made to run code, to fill memory or to crash: each is refused with its opcode, and nothing happens.</summary>
public sealed class PickleRefusalTests
{
    private const long SmallAllocation = 1 << 20;

    /// <summary>A pickle, the opcode that is refused, the byte it stands at, and what the message must name.</summary>
    public static TheoryData<string, string, int, string> Hostile => new()
    {
        // GLOBAL, INST, STACK_GLOBAL: the name is refused before anything could be called.
        { "cos\nsystem\n(S'touch CANARY'\ntR.", "GLOBAL", 0, "os.system" },
        { "cposix\nsystem\n(S'touch CANARY'\ntR.", "GLOBAL", 0, "posix.system" },
        { "cnt\nsystem\n(S'touch CANARY'\ntR.", "GLOBAL", 0, "nt.system" },
        { "csubprocess\nPopen\n(S'touch CANARY'\ntR.", "GLOBAL", 0, "subprocess.Popen" },
        { "c__builtin__\neval\n(S'1'\ntR.", "GLOBAL", 0, "__builtin__.eval" },
        { "cbuiltins\nexec\n(S'1'\ntR.", "GLOBAL", 0, "builtins.exec" },
        { "cbuiltins\ngetattr\n(c__builtin__\nlist\nS'append'\ntR.", "GLOBAL", 0, "builtins.getattr" },
        { "cbuiltins\n__import__\n(S'os'\ntR.", "GLOBAL", 0, "builtins.__import__" },
        { "cbuiltins\nopen\n(S'CANARY'\nS'w'\ntR.", "GLOBAL", 0, "builtins.open" },
        { "(S'touch CANARY'\nios\nsystem\n.", "INST", 17, "os.system" },
        { "(cos\nsystem\nS'touch CANARY'\no.", "GLOBAL", 1, "os.system" },
        { "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u000ctouch CANARY\u0085R.", "STACK_GLOBAL", 14, "os.system" },
        { "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u000ctouch CANARY\u0085\u0081.", "STACK_GLOBAL", 14, "os.system" },

        // A dotted path through an allowed module, and allowed names in other modules.
        { "\u0080\u0004\u008c\u0005numpy\u008c\u001ccore.multiarray._reconstruct\u0093.", "STACK_GLOBAL", 39, "numpy.core.multiarray._reconstruc" },
        { "\u0080\u0004\u008c\u0005numpy\u008c\u0010ndarray.__init__\u0093.", "STACK_GLOBAL", 27, "numpy.ndarray.__init__" },
        { "\u0080\u0004\u008c\u0005torch\u008c\u000bos.system()\u0093.", "STACK_GLOBAL", 22, "torch.os.system" },
        { "cnumpy.testing._private.utils\nrunstring\n(S'1'\ntR.", "GLOBAL", 0, "numpy.testing._private.utils.runstring" },
        { "ctorch.storage\nexec\n.", "GLOBAL", 0, "torch.storage.exec" },
        { "c_codecs\ndecode\n.", "GLOBAL", 0, "_codecs.decode" },

        // Allowed names with arguments that would make them do more.
        { "c_codecs\nencode\n(Vabc\nVzip\ntR.", "REDUCE", 28, "_codecs.encode" },
        { "c_codecs\nencode\n(V\\u0100\nVlatin1\ntR.", "REDUCE", 34, "_codecs.encode" },
        { "cbuiltins\nlist\n((lp0\ntR.", "REDUCE", 22, "builtins.list" },
        { "cbuiltins\nint\n(I1\ntR.", "REDUCE", 19, "builtins.int" },
        { "cbuiltins\nbytes\n(I9223372036854775807\ntR.", "REDUCE", 39, "builtins.bytes" },
        { "cbuiltins\nbytearray\n(I9223372036854775807\ntR.", "REDUCE", 43, "builtins.bytearray" },
        { "cnumpy.core.multiarray\n_reconstruct\n(cbuiltins\nlist\n(I0\ntS'b'\ntR.", "REDUCE", 63, "numpy.core.multiarray._reconstruct" },
        { "cnumpy\nndarray\n(I9\ntR.", "REDUCE", 20, "numpy.ndarray" },
        { "ctorch\nFloatStorage\n(I9\ntR.", "REDUCE", 25, "torch.FloatStorage" },
        { "\u0080\u0004cbuiltins\nlist\n)}\u0092.", "OK", 0, "" },
        { "\u0080\u0004cbuiltins\nlist\n)}\u008c\u0001aK\u0001s\u0092.", "NEWOBJ_EX", 25, "keyword" },

        // A call of what is no name, and state that could run __setstate__ or set attributes.
        { "(lp0\n)R.", "REDUCE", 6, "no name" },
        { "(S'x'\no.", "OBJ", 6, "no name" },
        { "cbuiltins\nlist\n}b.", "BUILD", 16, "builtins.list" },
        { "(lp0\n}b.", "BUILD", 6, "__setstate__" },
        { "(lp0\n(dS'__setstate__'\ncbuiltins\nlist\nsb.", "BUILD", 39, "__setstate__" },

        // What lies outside the file.
        { "\u0080\u0002\u0082\u0001.", "EXT1", 2, "extension registry" },
        { "\u0080\u0002\u0083\u0001\u0000.", "EXT2", 2, "extension registry" },
        { "\u0080\u0002\u0084\u0001\u0000\u0000\u0000.", "EXT4", 2, "extension registry" },
        { "Pos.system\n.", "PERSID", 0, "persistent id" },
        { "\u0080\u0002K\u0001Q.", "BINPERSID", 4, "persistent id" },
        { "\u0080\u0005\u0097.", "NEXT_BUFFER", 2, "outside the file" },
        { "\u0080\u0005\u0098.", "READONLY_BUFFER", 2, "outside the file" },
    };

    /// <summary>A damaged pickle, the opcode at fault, and what the message must say.</summary>
    public static TheoryData<string, string, string> Damaged => new()
    {
        { "\u0080\u0002K\u0001", "K", "before the pickle's STOP" },
        { "\u0080\u0002.", "STOP", "the stack is empty" },
        { "\u0080\u0002K\u0001.tail", "STOP", "4 bytes follow" },
        { "\u0080\u0002a.", "APPEND", "the stack holds 0" },
        { "\u0080\u0002e.", "APPENDS", "needs a MARK" },
        { "\u0080\u0002(0.", "STOP", "the stack is empty" },
        { "\u0080\u0002K\u0001(K\u0002a.", "APPEND", "the stack is empty" },
        { "\u0080\u0002]K\u0001K\u0002s.", "SETITEM", "needs a dictionary" },
        { "\u0080\u0002}(K\u0001u.", "SETITEMS", "without a value" },
        { "\u0080\u0002}]K\u0002s.", "SETITEM", "must be a number, a text or a tuple" },
        { "\u0080\u0002K\u0001h\u0005.", "BINGET", "none was put there" },
        { "\u0080\u0002\u00ff.", "0xFF", "no such opcode" },
        { "I12x\n.", "INT", "no whole number" },
        { "S'abc\n.", "STRING", "no quotes" },
        { "S'\\xZZ'\n.", "STRING", "hexadecimal" },
        { "V\\uD8\n.", "UNICODE", "hexadecimal" },
        { "F1.2.3\n.", "FLOAT", "no number" },
        { "p-1\n.", "PUT", "no number from 0 on" },
        { "X\u0002\u0000\u0000\u0000\u00ff\u00fe.", "BINUNICODE", "no UTF-8" },

        // Claims that the file cannot keep.
        { "\u008e\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0040.", "BINBYTES8", "4,611,686,018,427,387,904 bytes, and 1 are left" },
        { "\u0096\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "BYTEARRAY8", "and 1 are left" },
        { "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", "BINUNICODE8", "and 1 are left" },
        { "B\u00ff\u00ff\u00ff\u007f.", "BINBYTES", "and 1 are left" },
        { "T\u00ff\u00ff\u00ff\u00ff.", "BINSTRING", "and 1 are left" },
        { "X\u00ff\u00ff\u00ff\u00ff.", "BINUNICODE", "4,294,967,295 bytes" },
        { "\u008b\u0000\u0008\u0000\u0000.", "LONG4", "2,048 bytes" },
        { "\u008b\u00ff\u00ff\u00ff\u00ff.", "LONG4", "and 1 are left" },
        { "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", "FRAME", "and 1 are left" },
        { "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "FRAME", "and 1 are left" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void RefusesCodeNamingOpcodeAndByte(string pickle, string opcode, int position, string named)
    {
        if (opcode == "OK")
        {
            Assert.IsType<List<object?>>(Load(pickle));
            return;
        }

        GnnReRankException error = Refused(pickle);
        Assert.Equal("PickleRefused", error.ErrorId);
        Assert.Contains($"opcode {opcode} at byte {position} ", error.Message);
        Assert.Contains(named, error.Message);
        Assert.Contains("nothing of it was executed", error.Message);
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void RefusesDamageNamingTheOpcode(string pickle, string opcode, string what)
    {
        GnnReRankException error = Refused(pickle);
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains(opcode == "K" ? "opcode BININT1" : $"opcode {opcode} ", error.Message);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("\u0080\u0002K\u0001r\u00ff\u00ff\u00ff\u00ff.")]
    [InlineData("I1\np9223372036854775807\n.")]
    public void AHugeMemoIndexTakesNoMemory(string pickle) => Assert.Equal(1L, Load(pickle));

    [Fact]
    public void NestingDoesNotOverflowTheStack()
    {
        const int depth = 300_000;
        string lists = new string(']', depth) + new string('a', depth - 1) + ".";
        Assert.IsType<List<object?>>(Load(lists, depth * 200L));
        string tuples = ")" + new string('\u0085', depth) + ".";
        Assert.IsType<object?[]>(Load(tuples, depth * 200L));
        Assert.Equal("CorruptFile", Refused(new string('(', depth) + ".", depth * 200L).ErrorId);
    }

    [Fact]
    public void ANestedTupleIsNoKey()
    {
        string key = ")" + new string('\u0085', 100_000);
        Assert.Equal("UnsupportedContent", Refused($"}}{key}K\u0001s.", 1 << 26).ErrorId);
    }

    /// <summary>(t, t) of (t, t) of ...: 2^60 members to whoever walks them.</summary>
    [Fact]
    public void ATreeOfSharedTuplesIsSharedAndNoKey()
    {
        StringBuilder tree = new("\u0080\u0002)");
        for (int level = 0; level < 60; level++)
        {
            tree.Append("2\u0086");
        }

        Assert.IsType<object?[]>(Load(tree + "."));
        Assert.Equal("UnsupportedContent", Refused($"}}{tree}K\u0001s.").ErrorId);
        Assert.Equal("UnsupportedContent", Refused($"\u008f({tree}\u0090.").ErrorId);
    }

    [Fact]
    public void CopyingTheSameDataOverAndOverIsRefused()
    {
        // A text of 20,000 characters is encoded 2,000 times, and a list of 10,000 made a set as often: more than the file holds.
        string text = $"V{new string('x', 20_000)}\np0\n0c_codecs\nencode\np1\n0Vlatin1\np2\n0";
        string encode = text + string.Concat(Enumerable.Repeat("h\u0001(h\0h\u0002tR", 2_000)) + ".";
        Assert.Equal("PickleRefused", Refused(encode, 1 << 23).ErrorId);
        string list = $"({string.Concat(Enumerable.Repeat("K\u0001", 10_000))}lp0\n0cbuiltins\nset\np1\n0";
        string sets = list + string.Concat(Enumerable.Repeat("h\u0001(h\0tR", 2_000)) + ".";
        Assert.Equal("PickleRefused", Refused(sets, 1 << 23).ErrorId);
    }

    /// <summary>More characters than 32 bits count.</summary>
    [Fact]
    public void APathOfTheSamePartOverAndOverIsRefused()
    {
        string path = $"V{new string('x', 1 << 20)}\np0\n0cpathlib\nPosixPath\n({string.Concat(Enumerable.Repeat("h\0", 2_100))}tR.";
        Assert.Equal("PickleRefused", Refused(path, 1 << 24).ErrorId);
    }

    /// <summary>Eight names of one dictionary of 200 vectors: to look at each by each name would take the square of the file's length.</summary>
    [Fact]
    public void ADictionaryNamedOverAndOverIsRefused()
    {
        string vectors = string.Concat(Enumerable.Range(0, 200).Select(name => $"Vv{name}\n]K\u0001a"));
        string names = string.Concat(Enumerable.Range(0, 8).Select(name => $"Vn{name}\nh\0"));
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.pkl"], Encoding.Latin1.GetBytes($"}}({vectors}uq\00}}({names}u."));
        GnnReRankException error = Formulas.Refused(folder["a.pkl"]);
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("over and over", error.Message);
    }

    [Fact]
    public void ShapesAreHeldAgainstTheBytes()
    {
        const string start = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n";
        const string type = "cnumpy\ndtype\n(S'f4'\nI00\nI01\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb";
        Assert.Contains("holds 4 bytes", Refused($"{start}(L9223372036854775807L\nL9223372036854775807L\nt{type}I00\nS'abcd'\ntb.").Message);
        Assert.Contains("holds 4 bytes", Refused($"{start}(I2\nt{type}I00\nS'abcd'\ntb.").Message);
        Assert.Contains("shape", Refused($"{start}(I-1\nt{type}I00\nS'abcd'\ntb.").Message);
        Assert.Equal([1L], Assert.IsType<PickledArray>(Load($"{start}(I1\nt{type}I00\nS'abcd'\ntb.")).Shape);
    }

    /// <summary>The same pickles as a person would open them: no process starts and no file appears.</summary>
    [Fact]
    public void NothingIsExecuted()
    {
        using TemporaryFolder folder = new();
        string before = Environment.CurrentDirectory;
        int children = ChildCount();
        foreach (ITheoryDataRow row in Hostile)
        {
            string pickle = ((string)row.GetData()[0]!).Replace("CANARY", folder["canary"], StringComparison.Ordinal);
            string path = folder["features.pkl"];
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(pickle));
            Assert.Throws<GnnReRankException>(() => FeatureFile.Read(path));
        }

        Assert.Equal(["features.pkl"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal(before, Environment.CurrentDirectory);
        Assert.Equal(children, ChildCount());
    }

    // Linux lists a thread's children; elsewhere the canary file alone tells.
    private static int ChildCount()
    {
        string path = $"/proc/{Environment.ProcessId}/task/{Environment.ProcessId}/children";
        return File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length : 0;
    }

    private static GnnReRankException Refused(string pickle, long allocation = SmallAllocation)
    {
        GnnReRankException? error = null;
        Allocation.AssertBelow(allocation, () => error = Assert.Throws<GnnReRankException>(() => LoadBytes(pickle)));
        return error!;
    }

    private static object? Load(string pickle, long allocation = SmallAllocation)
    {
        object? value = null;
        Allocation.AssertBelow(allocation, () => value = LoadBytes(pickle));
        return value;
    }

    private static object? LoadBytes(string pickle)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(pickle);
        using MemoryStream stream = new(bytes);
        return PickleFile.Load(stream, bytes.Length, "hostile.pkl", TorchLegacy.LoadStorage, CancellationToken.None);
    }
}
