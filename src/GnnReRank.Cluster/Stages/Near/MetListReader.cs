using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Puts together what the rows of a shard have met in all groups.</summary>
/// <param name="context">The job's files.</param>
/// <param name="shard">The shard.</param>
/// <param name="best">So many keys a row, best first, with 0 behind a list that is short.</param>
internal sealed unsafe class MetListReader(StageContext context, int shard, NativeBuffer<ulong> best)
{
    private const int Chunk = 64;

    private readonly int _others = context.Plan.NeighborCount - 1;
    private readonly int _first = context.Shards.StartOf(shard);

    /// <summary>Takes what an item found.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Take(PartFile part)
    {
        for (int group = 0; part.Has(MetLists.RowsName(group)); group++)
        {
            ReadOnlySpan<int> rows = part.Span<int>(MetLists.RowsName(group));
            if (!rows.IsEmpty)
            {
                Take(part, group, FirstAtLeast(rows, _first), FirstAtLeast(rows, context.Shards.EndOf(shard)));
            }
        }
    }

    private static int FirstAtLeast(ReadOnlySpan<int> rows, int row)
    {
        int found = rows.BinarySearch(row);
        return found >= 0 ? found : ~found;
    }

    private void Take(PartFile part, int group, int first, int end)
    {
        long count = part.Count(MetLists.RowsName(group));
        int* rows = part.Pointer<int>(MetLists.RowsName(group));
        long* ends = part.Pointer<long>(MetLists.EndsName(group), count);
        ulong* keys = part.Pointer<ulong>(MetLists.KeysName(group), ends[count - 1]);
        Workers.ForRanges(context.Options.ThreadCount, end - first, Chunk, (from, to) =>
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            Span<ulong> scratch = new ulong[_others];
            for (int place = first + from; place < first + to; place++)
            {
                long start = place == 0 ? 0 : ends[place - 1];
                BestKeys.Merge(
                    new Span<ulong>(best.Pointer + ((long)(rows[place] - _first) * _others), _others),
                    new ReadOnlySpan<ulong>(keys + start, (int)(ends[place] - start)), scratch);
            }
        });
    }
}
