using GnnReRank.Formats.Arrays;
using GnnReRank.Running;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>Lists without scores, whose cosines are those of the features.</summary>
internal static class ScoresOfFeatures
{
    private const int RowsAtOnce = 256;

    /// <summary>Whether the features are given.</summary>
    public static bool AreKnown(GraphReadOptions options) => options.Query is not null || options.Gallery is not null;

    /// <summary>Reads a graph.</summary>
    /// <param name="indices">Rows x neighbours.</param>
    /// <param name="options">The features.</param>
    /// <exception cref="GnnReRankException">A list makes no sense, or does not fit the features.</exception>
    public static NeighborGraph Read(NumericArray indices, GraphReadOptions options)
    {
        (int[] read, int rows, int columns) = ArrayLists.ReadIndices(indices, options.Compute);
        KnownRows known = KnownRows.Of(options, GraphScoreKind.InnerProduct, rows)!;
        double[] norms = known.Norms;
        float[] scores = new float[read.Length];
        Workers.ForRanges(options.Compute.ThreadCount, rows, RowsAtOnce, (from, to) =>
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            for (int place = from * columns; place < to * columns; place++)
            {
                (int row, int other) = (place / columns, read[place]);
                bool isThere = other >= 0 && other < rows && norms[row] > 0 && norms[other] > 0;
                scores[place] = isThere ? (float)(known.Product(row, other) / (norms[row] * norms[other])) : 0;
            }
        });

        // A list may be in the order of another measure, which is nothing to repair.
        ForeignLists lists = new(indices.Path, indices.Path, read, scores, rows, columns) { AreComputed = true };
        return GraphBuilder.Build(lists, GraphScoreKind.Cosine, options);
    }
}
