namespace GnnReRank.Evaluation.Measuring;

/// <summary>What measuring one query gave.</summary>
/// <param name="Accuracy">Its figures; means over the drawn galleries where there are several.</param>
/// <param name="Firsts">The first match in each gallery that it was asked of: one, unless galleries are drawn; none where it is not valid.</param>
internal readonly record struct QueryOutcome(QueryAccuracy Accuracy, FirstMatch[] Firsts);
