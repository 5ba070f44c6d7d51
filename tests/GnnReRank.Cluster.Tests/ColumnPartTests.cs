using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Tests;

/// <summary>A matrix of 5 rows in shards of 2, 1 and 2, transposed through part files: worked by hand.</summary>
public sealed class ColumnPartTests : IDisposable
{
    private static readonly (int[] Columns, float[] Values)[] s_rows =
    [
        ([4, 0], [1, 2]),
        ([], []),
        ([0, 1, 4], [3, 4, 5]),
        ([4], [6]),
        ([2, 0], [7, 8]),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ColumnsOfAllShardsBecomeRows(bool hasValues)
    {
        using StageContext context = Context();
        foreach (int shard in (int[])[2, 0, 1])
        {
            WriteColumns(context, shard, hasValues);
        }

        (int[] Columns, float[] Values)[] expected =
        [
            ([0, 2, 4], [2, 3, 8]),
            ([2], [4]),
            ([4], [7]),
            ([], []),
            ([0, 2, 3], [1, 5, 6]),
        ];
        for (int shard = 0; shard < 3; shard++)
        {
            ColumnReader reader = new(context, "columns", shard);
            using SparseBlock block = new(Storage);
            reader.Take(context.Shards.SizeOf(shard), block);
            using SparseRows rows = block.ToRows();
            for (int row = 0; row < rows.Count; row++)
            {
                (int[] columns, float[] values) = expected[context.Shards.StartOf(shard) + row];
                AssertRow(columns, hasValues ? values : [.. values.Select(_ => 1f)], rows, row);
            }
        }
    }

    [Fact]
    public void RowsComeBackAsTheyWereWritten()
    {
        using StageContext context = Context();
        for (int shard = 0; shard < 3; shard++)
        {
            using SparseBlock block = new(Storage);
            Fill(context, shard, block);
            using PartFileWriter writer = context.Create("rows", shard);
            RowWriter rows = new(writer, "h");
            rows.Add(block);
            rows.Complete();
            writer.Commit();
        }

        using SparseRows all = MappedRows.All(context, "rows", "h");
        using SparseRows own = MappedRows.Own(context, "rows", "h", 1);
        for (int row = 0; row < s_rows.Length; row++)
        {
            AssertRow(s_rows[row].Columns, s_rows[row].Values, all, row);
            Assert.Equal(row == 2 ? s_rows[row].Columns.Length : 0, own.Length(row));
        }

        using SparseRows shardRows = MappedRows.Shard(context, "rows", "h", 1);
        AssertRow(s_rows[2].Columns, s_rows[2].Values, shardRows, 0);
        Assert.Equal([3, 3], context.Part("rows", 1).Span<long>(RowWriter.Sizes("h")).ToArray());
    }

    [Fact]
    public void ColumnsThatDoNotAgreeWithTheirTableAreRefused()
    {
        using StageContext context = Context();
        WriteColumns(context, 0, hasValues: true);
        WriteColumns(context, 1, hasValues: true);
        using (PartFileWriter writer = context.Create("columns", 2))
        {
            writer.Append<int>(ColumnWriter.Columns, [0, 2]);
            writer.Append<long>(ColumnWriter.Cuts, [0, 1, 1, 2, 0, 1, 1, 2]);
            writer.Append<int>(ColumnWriter.Lengths, [2, 1]);
            writer.Append<int>(ColumnWriter.Rows, [4, 4]);
            writer.Append<float>(ColumnWriter.Values, [8, 7]);
            writer.Commit();
        }

        ColumnReader reader = new(context, "columns", 0);
        using SparseBlock block = new(Storage);
        Assert.Equal("JobFileBroken", Assert.Throws<GnnReRankException>(() => reader.Take(2, block)).ErrorId);
    }

    private static SparseStorage Storage() => new(new MemoryBudget(1 << 20), "A matrix", 5);

    private static unsafe void AssertRow(int[] columns, float[] values, SparseRows rows, int row)
    {
        Assert.Equal(columns, new ReadOnlySpan<int>(rows.Indices(row), rows.Length(row)).ToArray());
        Assert.Equal(values, new ReadOnlySpan<float>(rows.Values(row), rows.Length(row)).ToArray());
    }

    private static unsafe void Fill(StageContext context, int shard, SparseBlock block)
    {
        for (int row = context.Shards.StartOf(shard); row < context.Shards.EndOf(shard); row++)
        {
            (int[] columns, float[] values) = s_rows[row];
            block.Add(columns.Length, out int* indices, out float* entries);
            columns.CopyTo(new Span<int>(indices, columns.Length));
            values.CopyTo(new Span<float>(entries, values.Length));
        }
    }

    private static void WriteColumns(StageContext context, int shard, bool hasValues)
    {
        using SparseBlock block = new(Storage);
        Fill(context, shard, block);
        using SparseRows rows = block.ToRows();
        using SparseRows transposed = SparseTranspose.Of(
            rows, context.Shards.StartOf(shard), columnCount: 5, Storage(), context.Options);
        using PartFileWriter writer = context.Create("columns", shard);
        ColumnWriter.Write(writer, transposed, context.Shards, hasValues);
        writer.Commit();
    }

    private StageContext Context()
    {
        GnnReRankSettings settings = new() { K1 = 2, K2 = 1 };
        JobPlan plan = new()
        {
            Version = "test",
            Id = "test",
            Query = new SourcePlan(["q"], [2]),
            Gallery = new SourcePlan(["g"], [3]),
            Dimension = 1,
            SettingsPack = JobPlan.Pack(settings),
            Method = settings.ToString(),
            Top = 1,
            NeighborCount = 2,
            ShardRows = 2,
            QueriesPerItem = 1,
            Tasks = 1,
            MemoryPerTask = 1 << 20,
            Worker = ["none"],
        };
        Directory.CreateDirectory(_folder["job"]);
        return new StageContext(plan, new JobDirectory(_folder["job"]), new ComputeOptions { ThrottleLimit = 2 });
    }
}
