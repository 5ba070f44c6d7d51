namespace GnnReRank.Formats.Graphs;

/// <summary>The features of a graph's rows, queries first, and their norms in float64.</summary>
internal sealed class KnownRows
{
    private readonly FeatureMatrix? _query;
    private readonly FeatureMatrix _gallery;
    private readonly int _queryCount;
    private double[]? _norms;

    private KnownRows((FeatureMatrix? Query, FeatureMatrix Gallery) rows)
    {
        (_query, _gallery) = rows;
        _queryCount = _query?.RowCount ?? 0;
    }

    /// <summary>The norm of each row; found when first asked for.</summary>
    public double[] Norms => _norms ??= [.. Enumerable.Range(0, _queryCount + _gallery.RowCount).Select(NormOf)];

    /// <summary>The rows that the options know, where the kind of the scores asks for them; else null.</summary>
    /// <param name="options">How the graph is read.</param>
    /// <param name="kind">What the scores are.</param>
    /// <param name="count">The number of rows that the graph has.</param>
    /// <exception cref="GnnReRankException">The matrices are of other sizes, or do not fit each other.</exception>
    public static KnownRows? Of(GraphReadOptions options, GraphScoreKind kind, int count)
    {
        (FeatureMatrix? query, FeatureMatrix? gallery) = (options.Query, options.Gallery);
        NeighborGraphChecks.Matrices(count, query, gallery);
        if (query is not null && gallery is not null)
        {
            MatrixChecks.RequireFit(query, gallery);
        }

        FeatureMatrix? last = gallery ?? query;
        if (last is null || !ScoreConversion.NeedsNorms(kind))
        {
            return null;
        }

        FeatureMatrix? first = gallery is null ? null : query;
        return options.CenterCamera
            ? new KnownRows(FeatureTransformer.CenterCameras(first, last, options.Compute))
            : new KnownRows((first, last));
    }

    /// <summary>The inner product of two rows.</summary>
    public double Product(int first, int second)
    {
        ReadOnlySpan<float> left = Row(first);
        ReadOnlySpan<float> right = Row(second);
        double sum = 0;
        for (int column = 0; column < left.Length; column++)
        {
            sum += (double)left[column] * right[column];
        }

        return sum;
    }

    private double NormOf(int row) => Math.Sqrt(Product(row, row));

    private ReadOnlySpan<float> Row(int row) =>
        row < _queryCount ? _query!.GetRowSpan(row) : _gallery.GetRowSpan(row - _queryCount);
}
