using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>
/// Writes what a shard's rows hold of each column: those columns that any of them has, ascending, and so by the shard that
/// takes them as its rows.
/// </summary>
internal static unsafe class ColumnWriter
{
    /// <summary>The columns.</summary>
    public const string Columns = "columns";

    /// <summary>The rows a column.</summary>
    public const string Lengths = "lengths";

    /// <summary>The rows of each column, ascending.</summary>
    public const string Rows = "rows";

    /// <summary>Their values; not there where all are 1.</summary>
    public const string Values = "values";

    /// <summary>For each shard, and for the end, the place of the first of its columns; then the same of its rows.</summary>
    public const string Cuts = "cuts";

    /// <param name="writer">The file.</param>
    /// <param name="transposed">For each vertex the rows that have it as a column.</param>
    /// <param name="shards">Which shard takes which.</param>
    /// <param name="hasValues">Whether values are written.</param>
    public static void Write(PartFileWriter writer, SparseRows transposed, ShardMap shards, bool hasValues)
    {
        ArrayBuffer<int> columns = new(writer, Columns);
        long[] cuts = new long[2 * (shards.Count + 1)];
        for (int shard = 0; shard < shards.Count; shard++)
        {
            (long used, long entries) = (cuts[shard], cuts[shards.Count + 1 + shard]);
            for (int column = shards.StartOf(shard); column < shards.EndOf(shard); column++)
            {
                if (transposed.Length(column) > 0)
                {
                    columns.Add(column);
                    used++;
                    entries += transposed.Length(column);
                }
            }

            (cuts[shard + 1], cuts[shards.Count + 2 + shard]) = (used, entries);
        }

        columns.Flush();
        writer.Append<long>(Cuts, cuts);
        WriteEach<int>(writer, Lengths, transposed, (buffer, column) => buffer.Add(transposed.Length(column)));
        WriteEach<int>(
            writer, Rows, transposed,
            (buffer, column) => buffer.Add(new ReadOnlySpan<int>(transposed.Indices(column), transposed.Length(column))));
        if (hasValues)
        {
            WriteEach<float>(
                writer, Values, transposed,
                (buffer, column) => buffer.Add(new ReadOnlySpan<float>(transposed.Values(column), transposed.Length(column))));
        }
    }

    private static void WriteEach<T>(
        PartFileWriter writer, string name, SparseRows transposed, Action<ArrayBuffer<T>, int> add)
        where T : unmanaged
    {
        ArrayBuffer<T> buffer = new(writer, name);
        for (int column = 0; column < transposed.Count; column++)
        {
            if (transposed.Length(column) > 0)
            {
                add(buffer, column);
            }
        }

        buffer.Flush();
    }
}
