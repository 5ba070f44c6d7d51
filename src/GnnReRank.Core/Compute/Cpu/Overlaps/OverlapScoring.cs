using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The descriptions of the queries, and an inverted index of those of the gallery.</summary>
/// <param name="rows">The descriptions of all vertices.</param>
/// <param name="galleryColumns">For each column the gallery vertices that have it, ascending, and their values.</param>
/// <param name="distances">The plain distances.</param>
/// <param name="queryCount">Vertices before the gallery.</param>
/// <param name="distanceShare">lambda: the share of the plain distance.</param>
internal sealed class OverlapScoring(
    SparseRows rows, SparseRows galleryColumns, RowDistances distances, int queryCount, double distanceShare) : IScoring
{
    public SparseRows Rows { get; } = rows;

    public SparseRows GalleryColumns { get; } = galleryColumns;

    public RowDistances Distances { get; } = distances;

    public int QueryCount { get; } = queryCount;

    public int GalleryCount => Rows.Count - QueryCount;

    public IQueryScorer CreateScorer() => new OverlapScorer(this, (float)distanceShare);

    public void Dispose()
    {
        Rows.Dispose();
        GalleryColumns.Dispose();
    }
}
