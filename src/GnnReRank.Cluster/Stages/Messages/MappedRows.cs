using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>Sparse matrices that lie in part files: rows point into the mapped files, and nothing is copied.</summary>
internal static unsafe class MappedRows
{
    /// <summary>Bytes a vertex that a matrix takes beside its files.</summary>
    public const int BytesPerRow = (2 * sizeof(long)) + sizeof(int);

    /// <summary>All rows of a matrix.</summary>
    public static SparseRows All(StageContext context, string folder, string name)
    {
        SparseRows rows = new(context.Plan.VertexCount, storage: null);
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            Set(rows, context.Shards.StartOf(shard), context.Shards.SizeOf(shard), context.Part(folder, shard), name);
        }

        return rows;
    }

    /// <summary>The same where rows of one shard alone are asked for: the others are empty.</summary>
    public static SparseRows Own(StageContext context, string folder, string name, int shard)
    {
        SparseRows rows = new(context.Plan.VertexCount, storage: null);
        Set(rows, context.Shards.StartOf(shard), context.Shards.SizeOf(shard), context.Part(folder, shard), name);
        return rows;
    }

    /// <summary>The rows of a shard, counted from its first.</summary>
    public static SparseRows Shard(StageContext context, string folder, string name, int shard)
    {
        SparseRows rows = new(context.Shards.SizeOf(shard), storage: null);
        Set(rows, 0, context.Shards.SizeOf(shard), context.Part(folder, shard), name);
        return rows;
    }

    /// <summary>A number for each vertex, copied.</summary>
    public static NativeBuffer<float> Numbers(StageContext context, string folder, string name)
    {
        NativeBuffer<float> numbers = new(context.Plan.VertexCount);
        Span<float> all = numbers.AsSpan(context.Plan.VertexCount);
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            int count = context.Shards.SizeOf(shard);
            new ReadOnlySpan<float>(context.Part(folder, shard).Pointer<float>(name, count), count)
                .CopyTo(all[context.Shards.StartOf(shard)..]);
        }

        return numbers;
    }

    private static void Set(SparseRows rows, int first, int count, PartFile part, string name)
    {
        int* lengths = part.Pointer<int>(RowWriter.Lengths(name), count);
        long words = 0;
        for (int row = 0; row < count; row++)
        {
            if (lengths[row] < 0)
            {
                throw PartErrors.Broken(part.Path, $"row {row:N0} of its matrix '{name}' has {lengths[row]:N0} entries");
            }

            words += 2L * lengths[row];
        }

        int* next = part.Pointer<int>(name, words);
        for (int row = 0; row < count; row++)
        {
            int length = lengths[row];
            rows.SetRow(first + row, next, (float*)(next + length), length);
            next += 2L * length;
        }
    }
}
