using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>Where ordered elements go: to sorted runs that are merged later, or, from the last step, to the result.</summary>
internal struct RankTarget
{
    /// <summary>rows x Width keys; unused where <see cref="IsResult"/>.</summary>
    public ArrayView<ulong> Keys;

    /// <summary>rows x Width columns; unused where <see cref="IsResult"/>.</summary>
    public ArrayView<int> Columns;

    /// <summary>rows x Depth.</summary>
    public ArrayView<int> Indices;

    /// <summary>rows x Depth.</summary>
    public ArrayView<float> Scores;

    public int Width;
    public int Depth;
    public int IsResult;

    public static void Store(RankTarget target, long row, int position, ulong key, int column)
    {
        if (target.IsResult == 0)
        {
            target.Keys[(row * target.Width) + position] = key;
            target.Columns[(row * target.Width) + position] = column;
        }
        else if (position < target.Depth)
        {
            target.Indices[(row * target.Depth) + position] = column;
            target.Scores[(row * target.Depth) + position] = RankSource.ScoreOf(key);
        }
    }
}
