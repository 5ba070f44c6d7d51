using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>The arguments of <see cref="RunMergeKernels"/>: each two sorted runs of a row become one.</summary>
internal struct RunMergeArguments
{
    /// <summary>rows x Width.</summary>
    public ArrayView<ulong> Keys;

    /// <summary>rows x Width.</summary>
    public ArrayView<int> Columns;

    /// <summary>rows x Pieces: how many elements of the first run stand before a piece of the merged one.</summary>
    public ArrayView<int> Splits;

    public RankTarget Target;
    public int Rows;
    public int Width;

    /// <summary>Pieces of <see cref="RankKernels.TileSize"/> elements a row.</summary>
    public int Pieces;

    /// <summary>Pieces a row that are written.</summary>
    public int WrittenPieces;

    /// <summary>Elements of a run, a power of two and at least the tile size; the last run of a row may be shorter.</summary>
    public long RunLength;
}
