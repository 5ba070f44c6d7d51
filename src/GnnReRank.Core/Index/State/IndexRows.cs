using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Indexing.State;

/// <summary>
/// The rows of an index by slot: those it began with, those that were added behind them, and which of all were removed.
/// A row of the gallery as callers see it is the place of its slot among those that are left. Immutable.
/// </summary>
internal sealed class IndexRows
{
    private readonly Lazy<FeatureMatrix> _gallery;

    /// <param name="first">The rows it began with.</param>
    /// <param name="added">Those that were added, or null.</param>
    /// <param name="removed">Whether each slot was removed; null where none was.</param>
    public IndexRows(FeatureMatrix first, FeatureMatrix? added, bool[]? removed)
    {
        First = first;
        Added = added;
        Removed = removed;
        SlotCount = checked(first.RowCount + (added?.RowCount ?? 0));
        Slots = removed is null ? null : [.. Enumerable.Range(0, SlotCount).Where(slot => !removed[slot])];
        Count = Slots?.Length ?? SlotCount;
        _gallery = new Lazy<FeatureMatrix>(MakeGallery);
    }

    public FeatureMatrix First { get; }

    public FeatureMatrix? Added { get; }

    public bool[]? Removed { get; }

    /// <summary>The slot of each row of the gallery, ascending; null where each row is its slot.</summary>
    public int[]? Slots { get; }

    /// <summary>All slots.</summary>
    public int SlotCount { get; }

    /// <summary>Rows that are there.</summary>
    public int Count { get; }

    public int Dimension => First.Dimension;

    /// <summary>The rows that are there; their values are put together when they are asked for.</summary>
    public FeatureMatrix Gallery => _gallery.Value;

    /// <summary>All slots' rows, pinned for the kernels.</summary>
    /// <exception cref="GnnReRankException">The file that they lie in has changed.</exception>
    public VertexRows Pin() => Added is null ? new VertexRows(null, First) : new VertexRows(First, Added);

    /// <summary>The rows of some slots as a matrix of its own, with nothing but their values.</summary>
    /// <param name="slots">Slots, ascending.</param>
    public FeatureMatrix ValuesOf(int[] slots)
    {
        int inFirst = slots.Count(slot => slot < First.RowCount);
        int[] added = [.. slots.Skip(inFirst).Select(slot => slot - First.RowCount)];
        FeatureMatrix[] parts =
        [
            .. inFirst == 0 ? [] : new[] { Picked(First, slots[..inFirst]) },
            .. added.Length == 0 ? [] : new[] { Picked(Added!, added) },
        ];
        return parts.Length == 1 ? parts[0] : FeatureJoiner.Append(parts);
    }

    /// <summary>The slot of a row of the gallery.</summary>
    public int SlotOf(int row) => Slots is null ? row : Slots[row];

    private static FeatureMatrix Picked(FeatureMatrix matrix, int[] rows) => FeatureMatrix.Adopt(
        matrix.Storage.Pick(rows), null, null, null, FeatureRole.None, null, Array.ConvertAll(rows, row => matrix.InverseNorms[row]));

    private FeatureMatrix MakeGallery()
    {
        if (Added is null && Slots is null)
        {
            return First;
        }

        int[] slots = Slots ?? [.. Enumerable.Range(0, SlotCount)];
        bool areHalves = First.ElementType == FeatureElementType.Float16 &&
            Added is null or { ElementType: FeatureElementType.Float16 };
        DeferredStorage storage = new(
            Count, Dimension, areHalves ? FeatureElementType.Float16 : FeatureElementType.Float32, () => ValuesOf(slots).Storage);
        return FeatureMatrix.Adopt(
            storage,
            Taken(slots, matrix => matrix.LabelArray),
            Taken(slots, matrix => matrix.CameraArray),
            Taken(slots, matrix => matrix.NameArray),
            First.Role,
            First.Source,
            Taken(slots, matrix => matrix.InverseNorms.ToArray()),
            Added is null ? First.LabelNames : LabelNames.Merged([First, Added]));
    }

    private T[]? Taken<T>(int[] slots, Func<FeatureMatrix, T[]?> known)
    {
        if (known(First) is not T[] first)
        {
            return null;
        }

        T[] added = Added is null ? [] : known(Added)!;
        return Array.ConvertAll(slots, slot => slot < first.Length ? first[slot] : added[slot - first.Length]);
    }
}
