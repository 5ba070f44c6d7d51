using System.IO.Compression;
using System.Text;

namespace GnnReRank.Tests.Formats;

/// <summary>Files made to take time and memory that do not follow their length.</summary>
public sealed class MadeSlowTests
{
    private const int Wide = 200_000;

    /// <summary>What a column may take while it is looked at: its name, its description and its place among the others.</summary>
    private const long ColumnBytes = 2_000;

    [Theory]
    [InlineData("commas", "BadField")]
    [InlineData("numbered", null)]
    [InlineData("numbered without a header", null)]
    [InlineData("names of all kinds", null)]
    [InlineData("groups", "AmbiguousFeatures")]
    public void MemoryFollowsTheColumnsOfAText(string kind, string? errorId)
    {
        using TemporaryFolder folder = new();
        string numbers = string.Join(',', Enumerable.Repeat("1", Wide));
        File.WriteAllText(folder["a.csv"], kind switch
        {
            "commas" => new string(',', Wide),
            "numbered" => $"{Names(column => $"f{column}")}\n{numbers}\n",
            "numbered without a header" => numbers,
            "names of all kinds" => $"{Names(column => $"a{column}x")}\n{numbers}\n",
            _ => $"{Names(column => $"a{column / 2}_{column % 2}")}\n{numbers}\n",
        });
        Allocation.AssertBelow(Wide * ColumnBytes, () => Assert.Equal(errorId, ErrorIdOf(() => Assert.Equal(Wide, Read(folder["a.csv"]).Dimension))));
    }

    [Fact]
    public void MemoryFollowsTheColumnsThatAreNamed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.csv"], $"{Names(column => $"a{column}x")}\n{string.Join(',', Enumerable.Repeat("1", Wide))}\n");
        FeatureReadOptions options = new() { FeatureColumns = ["*x"] };
        Allocation.AssertBelow(Wide * ColumnBytes, () => Assert.Equal(Wide, FeatureFile.Read(folder["a.csv"], options).Matrices[0].Dimension));
    }

    [Theory]
    [InlineData("a.tsv", '\t', 1 << 22, "4,194,304 fields")]
    [InlineData("a.csv", '1', 1 << 25, "33,554,432 characters")]
    public void ALineHasABound(string name, char filling, int length, string bound)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[name], new string(filling, length));
        Assert.Contains(bound, Formulas.Refused(folder[name]).Message);
    }

    [Fact]
    public void EmptyLinesTakeNoMemory()
    {
        using TemporaryFolder folder = new();
        WriteEmptyLines(folder["a.csv.gz"], megabytes: 64);
        Allocation.AssertBelow(4 << 20, () => Assert.Equal(2, Read(folder["a.csv.gz"]).Dimension));
    }

    [Fact]
    public void MemoryFollowsTheTensors()
    {
        using TemporaryFolder folder = new();
        WriteTensors(folder["a.safetensors"], Wide);
        Allocation.AssertBelow(Wide * ColumnBytes, () => Assert.Equal("ColumnNotFound", ErrorIdOf(() => Read(folder["a.safetensors"]))));
    }

    // Each takes many seconds to read to its end: an error of its own, or rows, would come if it were not stopped.
    [Theory]
    [InlineData("a.csv.gz")]
    [InlineData("a.csv")]
    [InlineData("a.safetensors")]
    public async Task StopsWhereItIs(string name)
    {
        using TemporaryFolder folder = new();
        switch (name)
        {
            case "a.csv.gz":
                WriteEmptyLines(folder[name], megabytes: 8192);
                break;
            case "a.csv":
                File.WriteAllText(folder[name], $"{Names(column => $"f{column}", 1 << 21)}\n{string.Join(',', Enumerable.Repeat("1", 1 << 21))}\n");
                break;
            default:
                WriteTensors(folder[name], 1_000_000);
                break;
        }

        using CancellationTokenSource stop = new();
        FeatureReadOptions options = new() { Compute = new ComputeOptions { CancellationToken = stop.Token } };
        Task reading = Task.Run(() => FeatureFile.Read(folder[name], options), TestContext.Current.CancellationToken);
        stop.CancelAfter(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static string Names(Func<int, string> name, int count = Wide) => string.Join(',', Enumerable.Range(0, count).Select(name));

    private static FeatureMatrix Read(string path) => FeatureFile.Read(path).Matrices[0];

    private static string? ErrorIdOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (GnnReRankException error)
        {
            return error.ErrorId;
        }
    }

    private static void WriteEmptyLines(string path, int megabytes)
    {
        using MemoryStream member = new();
        using (GZipStream stream = new(member, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] lines = new byte[1 << 20];
            lines.AsSpan().Fill((byte)'\n');
            stream.Write(lines);
        }

        using FileStream file = File.Create(path);
        for (int written = 0; written < megabytes; written++)
        {
            member.WriteTo(file);
        }

        using GZipStream end = new(file, CompressionLevel.Optimal);
        end.Write("1,2\n"u8);
    }

    private static void WriteTensors(string path, int count)
    {
        byte[] header = Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', Enumerable.Range(0, count).Select(tensor => $"\"t{tensor}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"))}}}");
        using BinaryWriter file = new(File.Create(path));
        file.Write((long)header.Length);
        file.Write(header);
    }
}
