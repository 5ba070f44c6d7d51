using System.Runtime.CompilerServices;
using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The matrix of a walk in the mapped files of all shards, which must stay open.</summary>
internal readonly unsafe struct MappedWalkRows : IWalkRows
{
    // Vertices in stretches of a power of two, so many that most lie within one shard.
    private const int StretchesPerShard = 16;

    private readonly Shard[] _shards;

    // The shard of the first vertex of each stretch.
    private readonly int[] _stretches;
    private readonly int _shift;

    /// <exception cref="GnnReRankException">A part is missing or broken.</exception>
    public MappedWalkRows(StageContext context)
    {
        _shards = new Shard[context.Shards.Count];
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            PartFile rows = context.Part(WalkParts.RowsStage, shard);
            PartFile values = context.Part(WalkParts.ValuesStage, shard);
            long entries = rows.Count(WalkParts.Columns);
            EntryCount += entries;
            _shards[shard] = new Shard(
                context.Shards.StartOf(shard), context.Shards.EndOf(shard),
                rows.Pointer<long>(WalkParts.Offsets, context.Shards.SizeOf(shard) + 1L),
                rows.Pointer<int>(WalkParts.Columns), values.Pointer<float>(WalkParts.Values, entries));
        }

        int vertices = context.Plan.VertexCount;
        while ((long)_shards.Length * StretchesPerShard << (_shift + 1) <= vertices)
        {
            _shift++;
        }

        _stretches = new int[((vertices - 1) >> _shift) + 1];
        for (int stretch = 0; stretch < _stretches.Length; stretch++)
        {
            _stretches[stretch] = context.Shards.ShardOf(stretch << _shift);
        }
    }

    /// <summary>The entries of all rows.</summary>
    public long EntryCount { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int row, out int* columns, out float* values)
    {
        int at = _stretches[row >> _shift];
        while (row >= _shards[at].End)
        {
            at++;
        }

        ref readonly Shard shard = ref _shards[at];
        long* offsets = shard.Offsets + (row - shard.Start);
        long start = *offsets;
        columns = shard.Columns + start;
        values = shard.Values + start;
        return (int)(offsets[1] - start);
    }

    private readonly struct Shard(int start, int end, long* offsets, int* columns, float* values)
    {
        public readonly int Start = start;
        public readonly int End = end;
        public readonly long* Offsets = offsets;
        public readonly int* Columns = columns;
        public readonly float* Values = values;
    }
}
