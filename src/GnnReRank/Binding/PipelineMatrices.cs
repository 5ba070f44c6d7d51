namespace GnnReRank.Binding;

/// <summary>Collects the matrices of a pipeline and tells query and gallery apart by their roles.</summary>
internal sealed class PipelineMatrices
{
    private readonly List<FeatureMatrix> _matrices = [];

    public IReadOnlyList<FeatureMatrix> All => _matrices;

    public void Add(IEnumerable<FeatureMatrix> matrices) => _matrices.AddRange(matrices);

    /// <summary>The one query and the one gallery.</summary>
    /// <exception cref="GnnReRankException">There are more, fewer or others.</exception>
    public MatrixPair ToPair()
    {
        FeatureMatrix[] queries = Of(FeatureRole.Query);
        FeatureMatrix[] galleries = Of(FeatureRole.Gallery);
        if (_matrices.Count == 0)
        {
            throw Errors.NoMatrices();
        }

        int others = _matrices.Count - queries.Length - galleries.Length;
        return queries.Length == 1 && galleries.Length == 1 && others == 0
            ? new MatrixPair(queries[0], galleries[0])
            : throw Errors.QueryAndGalleryNeeded(queries.Length, galleries.Length, others);
    }

    /// <summary>The one query and the one gallery, or one matrix without a role alone.</summary>
    /// <exception cref="GnnReRankException">There are more, fewer or others.</exception>
    public MatrixPair ToPairOrSingle() => _matrices is [{ Role: FeatureRole.None } single]
        ? new MatrixPair(null, single)
        : ToPair();

    private FeatureMatrix[] Of(FeatureRole role) => [.. _matrices.Where(matrix => matrix.Role == role)];
}
