namespace GnnReRank.Binding;

/// <summary>Completes what the sums over queries are divided by.</summary>
public sealed class QueryDivisorCompleter() : ValueCompleter(
    (nameof(QueryDivisor.Valid), "Queries that have a match in the gallery: fast-reid, torchreid."),
    (nameof(QueryDivisor.All), "All queries; one without a match counts 0: layumi, official MATLAB code."));
