using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scanning;
using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Indexing.State;
using GnnReRank.Running;

namespace GnnReRank.Indexing.Growth;

/// <summary>
/// Lists after rows were added or removed, as a search of all rows would find them: each new row is compared with all,
/// and a list that lost more than it held in reserve is searched again.
/// </summary>
internal sealed unsafe class IndexGrowth
{
    private const int SlotsAtATime = 1024;

    private readonly IndexRows _rows;
    private readonly ListEdits _edits;
    private readonly ComputeOptions _options;

    private IndexGrowth(IndexRows rows, ListEdits edits, ComputeOptions options) =>
        (_rows, _edits, _options) = (rows, edits, options);

    /// <summary>Lists the slots from one on, which have no lists yet, and lists them in the others' lists.</summary>
    /// <param name="rows">The rows, the new ones behind the others.</param>
    /// <param name="edits">The lists, with room for the new ones.</param>
    /// <param name="firstNew">The first new slot.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Add(IndexRows rows, ListEdits edits, int firstNew, ComputeOptions options)
    {
        IndexGrowth growth = new(rows, edits, options);
        int[] added = [.. Enumerable.Range(firstNew, rows.SlotCount - firstNew)];
        if (edits.Width == 1)
        {
            Array.ForEach(added, slot => edits.Write(slot, 1f, [], []));
            return;
        }

        StageReporter reporter = new(StageNames.Neighbors, added.Length, StageUnits.Rows, options);
        growth.ForScanned(rows.ValuesOf(added), (first, count, cosines, stride) =>
        {
            for (int i = 0; i < count; i++)
            {
                growth.EnterLists(firstNew, added[first + i], cosines + (i * stride));
            }

            growth.WriteLists(added, first, count, cosines, stride);
            reporter.Advance(count);
        });
        reporter.Complete();
    }

    /// <summary>Takes slots out of all lists.</summary>
    /// <param name="rows">The rows without them.</param>
    /// <param name="edits">The lists.</param>
    /// <param name="removed">The slots.</param>
    /// <param name="needed">The places that a list must have wherever there are so many rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Remove(IndexRows rows, ListEdits edits, int[] removed, int needed, ComputeOptions options)
    {
        bool[] isRemoved = new bool[rows.SlotCount];
        foreach (int slot in removed)
        {
            isRemoved[slot] = true;
            edits.Clear(slot);
        }

        List<int> tooShort = [];
        foreach (int slot in rows.Slots!)
        {
            edits.Remove(slot, isRemoved);
            if (edits.LengthOf(slot) < Math.Min(needed, rows.Count))
            {
                tooShort.Add(slot);
            }
        }

        if (tooShort.Count > 0)
        {
            IndexGrowth growth = new(rows, edits, options);
            int[] slots = [.. tooShort];
            StageReporter reporter = new(StageNames.Neighbors, slots.Length, StageUnits.Rows, options);
            growth.ForScanned(rows.ValuesOf(slots), (first, count, cosines, stride) =>
            {
                growth.WriteLists(slots, first, count, cosines, stride);
                reporter.Advance(count);
            });
            reporter.Complete();
        }
    }

    private delegate void Scanned(int first, int count, float* cosines, nint stride);

    /// <summary>The cosines of some rows with all slots, a few rows at a time.</summary>
    private void ForScanned(FeatureMatrix queries, Scanned take)
    {
        using VertexRows lefts = new(null, queries);
        using VertexRows rights = _rows.Pin();
        int most = Math.Min(queries.RowCount, RowScan.MostQueries);
        using NativeBuffer<float> cosines = new((long)most * _rows.SlotCount);
        for (int first = 0; first < queries.RowCount; first += most)
        {
            int start = first;
            int count = Math.Min(most, queries.RowCount - first);
            Workers.ForRanges(
                _options.ThreadCount, _rows.SlotCount, SlotsAtATime,
                () =>
                {
                    RowScan scan = new(lefts, rights);
                    scan.TakeQueries(start, count);
                    return scan;
                },
                (scan, from, to) =>
                    scan.Multiply(from, to, cosines.Pointer, _rows.SlotCount, _options.CancellationToken));
            take(start, count, cosines.Pointer, _rows.SlotCount);
        }
    }

    /// <summary>A new row enters the lists of those that were there before it and are nearer to it than to their last.</summary>
    private void EnterLists(int firstNew, int slot, float* cosines)
    {
        // Rows that came with this one and before it are in these lists already, so there are more than at first.
        int rowCount = _rows.Count - (_rows.SlotCount - slot);
        for (int other = 0; other < firstNew; other++)
        {
            if (_rows.Removed is not bool[] removed || !removed[other])
            {
                float bound = _edits.BoundOf(other, rowCount);
                if (cosines[other] > bound || bound == float.NegativeInfinity)
                {
                    _edits.Insert(other, slot, cosines[other]);
                }
            }
        }
    }

    /// <summary>The lists of scanned rows, from their cosines with all slots.</summary>
    private void WriteLists(int[] slots, int first, int count, float* cosines, nint stride) => Workers.ForRanges(
        _options.ThreadCount, count, 1, (from, _) =>
        {
            int slot = slots[first + from];
            float* row = cosines + (from * stride);
            float selfScore = row[slot];
            row[slot] = float.NaN;
            if (_rows.Removed is bool[] removed)
            {
                for (int other = 0; other < removed.Length; other++)
                {
                    row[other] = removed[other] ? float.NaN : row[other];
                }
            }

            BestRows best = new(Math.Max(1, _edits.Width - 1));
            best.Find(row, _rows.SlotCount, _edits.Width - 1);
            _edits.Write(slot, selfScore, best.Rows, best.Cosines);
        });
}
