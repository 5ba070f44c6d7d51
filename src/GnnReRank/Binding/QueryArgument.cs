using System.Collections;

namespace GnnReRank.Binding;

/// <summary>Queries as people give them to an index: a matrix, a data set with features, or rows of numbers.</summary>
internal static class QueryArgument
{
    /// <summary>Refuses what is no query at all, such as the single numbers that a pipeline makes of a row.</summary>
    /// <exception cref="GnnReRankException">It is none.</exception>
    public static void Require(object? given)
    {
        if (given is not (FeatureMatrix or RetrievalDataset or IEnumerable))
        {
            throw Errors.NotAQuery(given);
        }
    }

    /// <summary>The queries of one object.</summary>
    /// <param name="given">The bare object.</param>
    /// <param name="before">Objects that came before it, for messages.</param>
    /// <exception cref="GnnReRankException">The rows are no rows, or the data set has no features of its queries.</exception>
    public static FeatureMatrix ToMatrix(object? given, long before)
    {
        switch (given)
        {
            case FeatureMatrix matrix:
                return matrix;
            case RetrievalDataset dataset:
                return dataset.Query ?? throw Errors.FeaturesNeeded(dataset);
            default:
                FeatureRowCollector rows = new() { Before = before };
                rows.Add(given);
                return rows.ToMatrix(FeatureRole.Query);
        }
    }
}
