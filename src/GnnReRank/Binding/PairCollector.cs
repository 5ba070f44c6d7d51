namespace GnnReRank.Binding;

/// <summary>Makes pairs of what comes: a data set is one, and a query makes one with the gallery that comes next to it.</summary>
internal sealed class PairCollector
{
    private FeatureMatrix? _waiting;
    private int _count;

    /// <summary>The pairs that one object of the pipeline completes.</summary>
    /// <exception cref="GnnReRankException">It is none of these, or there are two of one role.</exception>
    public IEnumerable<LabelledPair> Add(object? given)
    {
        foreach (object? each in FeatureValues.Unwrap(given) is object?[] several ? several : [given])
        {
            LabelledPair? pair = FeatureValues.Unwrap(CarriedResult.Restored(each)) switch
            {
                RetrievalDataset dataset => Of(dataset),
                FeatureMatrix { Role: FeatureRole.None } matrix => throw Errors.RoleNeeded(matrix),
                FeatureMatrix matrix => Joined(matrix),
                object other => throw Errors.NotAPair(other),
                null => throw Errors.NotAPair(null),
            };
            if (pair is not null)
            {
                yield return pair;
            }
        }
    }

    /// <exception cref="GnnReRankException">A matrix waits for its other.</exception>
    public void Complete()
    {
        if (_waiting is not null)
        {
            throw Errors.HalfAPair(_waiting);
        }

        if (_count == 0)
        {
            throw Errors.NoMatrices();
        }
    }

    private LabelledPair Of(RetrievalDataset dataset)
    {
        _count++;
        return dataset is { Query: FeatureMatrix query, Gallery: FeatureMatrix gallery }
            ? new LabelledPair($"{dataset.Kind} {dataset.Variant}".Trim(), query, gallery, dataset)
            : throw Errors.FeaturesNeeded(dataset);
    }

    private LabelledPair? Joined(FeatureMatrix matrix)
    {
        if (_waiting is null)
        {
            _waiting = matrix;
            return null;
        }

        FeatureMatrix first = _waiting;
        if (first.Role == matrix.Role)
        {
            throw Errors.HalfAPair(first);
        }

        _waiting = null;
        _count++;
        (FeatureMatrix query, FeatureMatrix gallery) = first.Role == FeatureRole.Query ? (first, matrix) : (matrix, first);
        return new LabelledPair(NameOf(gallery) ?? $"set {_count}", query, gallery, null);
    }

    /// <summary>The file's name as people may see it: it stands in tables.</summary>
    private static string? NameOf(FeatureMatrix matrix) => matrix.Source is string source ? DisplayText.Of(Path.GetFileName(source)) : null;
}
