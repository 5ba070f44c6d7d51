using GnnReRank.Cluster.Files;

namespace GnnReRank.Tests;

public sealed class PartFileTests : IDisposable
{
    private const string Job = "a1b2c3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public unsafe void ArraysComeBackAsTheyWereWritten()
    {
        string path = _folder["a.part"];
        using (PartFileWriter writer = new(path, Job))
        {
            writer.Append<int>("numbers", [1, 2]);
            writer.Append<int>("numbers", [3]);
            writer.Append<double>("empty", []);
            writer.Append<ulong>("keys", [ulong.MaxValue]);
            writer.Commit();
        }

        using PartFile part = PartFile.Open(path, Job);
        Assert.Equal([1, 2, 3], part.Span<int>("numbers").ToArray());
        Assert.True(part.Has("empty"));
        Assert.Equal(0, part.Count("empty"));
        Assert.Equal([ulong.MaxValue], part.Span<ulong>("keys").ToArray());
        Assert.False(part.Has("other"));
        Assert.Equal(["a.part"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void AFileThatIsNotCommittedIsNone()
    {
        using (PartFileWriter writer = new(_folder["a.part"], Job))
        {
            writer.Append<int>("numbers", [1]);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(-1)]
    public void AFileCutShortIsRefused(int length)
    {
        string path = _folder["a.part"];
        using (PartFileWriter writer = new(path, Job))
        {
            writer.Append<int>("numbers", new int[100]);
            writer.Commit();
        }

        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(length < 0 ? stream.Length + length : length);
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => PartFile.Open(path, Job));
        Assert.Equal("JobFileCutShort", error.ErrorId);
    }

    [Fact]
    public void EveryFlippedBitIsSeen()
    {
        string path = _folder["a.part"];
        using (PartFileWriter writer = new(path, Job))
        {
            writer.Append<byte>("few", [1, 2, 3]);
            writer.Append<int>("numbers", [.. Enumerable.Range(0, 16)]);
            writer.Commit();
        }

        byte[] whole = File.ReadAllBytes(path);
        List<int> unseen = [];
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 0x10;
            File.WriteAllBytes(path, flipped);
            try
            {
                using PartFile part = PartFile.Open(path, Job);
                _ = part.Span<byte>("few");
                _ = part.Span<int>("numbers");
                unseen.Add(at);
            }
            catch (GnnReRankException error)
            {
                Assert.Contains(error.ErrorId, (string[])["JobFileBroken", "JobFileCutShort"]);
            }
        }

        // What lies between the arrays is nobody's.
        Assert.Equal(Enumerable.Range(67, 61), unseen);
    }

    [Fact]
    public void AFileOfAnotherJobIsRefused()
    {
        string path = _folder["a.part"];
        using (PartFileWriter writer = new(path, Job))
        {
            writer.Append<int>("numbers", [1]);
            writer.Commit();
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => PartFile.Open(path, "another"));
        Assert.Contains("of another job", error.Message, StringComparison.Ordinal);
    }
}
