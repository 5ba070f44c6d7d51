using GnnReRank.Formats.Files;
using GnnReRank.Tests.Formats.Fuzz;

namespace GnnReRank.Tests.Formats;

/// <summary>A fault within the module is no damage of the file: it is not called that, and comes out as it is.</summary>
public sealed class ModuleFaultTests
{
    private static readonly Exception[] s_faults =
    [
        new NotSupportedException("a"), new NullReferenceException("b"), new IndexOutOfRangeException("c"), new InvalidCastException("d"),
        new ArgumentOutOfRangeException("e"), new OverflowException("f"),
    ];

    public static TheoryData<string> Files => FuzzCases.FilesOfArrays;

    /// <summary>Progress is reported from within the readers of every format but text.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void AFaultComesOutAsItIs(string file)
    {
        foreach (Exception fault in s_faults)
        {
            ComputeOptions compute = new() { Progress = new ProgressCallback(_ => throw fault) };
            FeatureReadOptions options = FuzzCases.OptionsFor(file) with { Compute = compute };
            Assert.Same(fault, Record.Exception(() => { FeatureFile.Read(TestPaths.Data(file.Split('/')), options); }));
        }
    }

    /// <summary>What a library calls back of this module may be at fault too; the library's own faults are damage.</summary>
    [Fact]
    public void AFaultWithinALibrarysCallComesOutAsItIs()
    {
        foreach (Exception fault in s_faults)
        {
            LibraryBoundary boundary = new();
            using LibraryStream stream = new(new FaultyStream(fault), boundary);
            Assert.Same(fault, Record.Exception(() => { boundary.Call(() => Swallowing(stream)); }));
            InvalidDataException damage = Assert.Throws<InvalidDataException>(() => { LibraryBoundary.CallOnce(Faulty(fault)); });
            Assert.Same(fault, damage.InnerException);
        }

        LibraryBoundary other = new();
        using LibraryStream cutShort = new(new FaultyStream(new EndOfStreamException("cut short")), other);
        Assert.Throws<EndOfStreamException>(() => { other.Call(cutShort.ReadByte); });
    }

    private static Func<int> Faulty(Exception fault) => () => throw fault;

    // As a library does that says what it met in its own words.
    private static int Swallowing(Stream stream)
    {
        try
        {
            return stream.ReadByte() + (int)stream.Length;
        }
        catch (Exception met)
        {
            throw new InvalidOperationException("The file is damaged.", met);
        }
    }

    private sealed class FaultyStream(Exception fault) : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw fault;
    }
}
