using GnnReRank.Indexing.State;

namespace GnnReRank.Indexing.Searching;

/// <summary>The gallery rows that a filter takes of a snapshot.</summary>
/// <param name="selection">The filter.</param>
/// <param name="snapshot">The index when it was asked.</param>
internal sealed class WantedRows(RowSelection selection, IndexSnapshot snapshot)
{
    /// <summary>The rows, ascending.</summary>
    public int[] Rows { get; } = RowSelector.Rows(
        selection, snapshot.Rows.Gallery.LabelArray, snapshot.Rows.Gallery.CameraArray, snapshot.Rows.Gallery.NameArray,
        snapshot.Rows.Count, "The index", indexName: "-Row");

    /// <summary>Whether these are the rows of a filter and a snapshot.</summary>
    public bool Fits(RowSelection other, IndexSnapshot current) => ReferenceEquals(other, selection) && current == snapshot;
}
