using GnnReRank.Indexing.State;
using GnnReRank.Storage;

namespace GnnReRank.Indexing.Growth;

/// <summary>
/// Rows that came after the first: one array with room at its end, which snapshots share, each knowing how many of its
/// rows are its own. Only the writer of the newest goes on with it.
/// </summary>
internal sealed class AddedRows
{
    private float[] _values = [];

    /// <summary>The rows of a snapshot and new ones behind them.</summary>
    /// <param name="rows">The newest snapshot's rows.</param>
    /// <param name="added">The new rows, which fit.</param>
    /// <exception cref="GnnReRankException">A number stands for two labels, or an array cannot hold them.</exception>
    public FeatureMatrix Append(IndexRows rows, FeatureMatrix added)
    {
        FeatureMatrix[] all = rows.Added is null ? [rows.First, added] : [rows.First, rows.Added, added];
        int before = rows.Added?.RowCount ?? 0;
        int dimension = rows.Dimension;
        int size = FeatureMatrixChecks.ElementCount((long)before + added.RowCount, dimension);
        if (_values.Length < size)
        {
            float[] larger = new float[Math.Max(size, (int)Math.Min(Array.MaxLength, _values.Length * 2L))];
            rows.Added?.Storage.CopyRows(0, before, larger);
            _values = larger;
        }

        added.Storage.RequireUnchanged();
        added.Storage.CopyRows(0, added.RowCount, _values.AsSpan(before * dimension));
        return FeatureMatrix.Adopt(
            new ArrayStorage<float>(_values, before + added.RowCount, dimension),
            Joined(rows.Added?.LabelArray, added.LabelArray),
            Joined(rows.Added?.CameraArray, added.CameraArray),
            Joined(rows.Added?.NameArray, added.NameArray),
            FeatureRole.None,
            added.Source,
            [.. rows.Added is null ? [] : rows.Added.InverseNorms.ToArray(), .. added.InverseNorms.ToArray()],
            LabelNames.Merged(all));
    }

    private static T[]? Joined<T>(T[]? before, T[]? added) => added is null ? null : [.. before ?? [], .. added];
}
