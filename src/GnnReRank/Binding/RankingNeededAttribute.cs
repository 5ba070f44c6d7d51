namespace GnnReRank.Binding;

/// <summary>A ranking that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RankingNeededAttribute : NeededAttribute
{
    public override string Thing => "a ranking";

    public override string Remedy => "make one with Search-FeatureMatrix or Invoke-GnnReRank";

    private protected override string? RefusalOf(object given) => given switch
    {
        FeatureMatrix or RetrievalDataset or NeighborGraph =>
            $"Found a {given.GetType().Name}, and a ranking is needed: {Remedy} first.",
        RetrievalAccuracy =>
            "Found a result of Measure-RetrievalAccuracy, and a ranking is needed: give the ranking that was measured.",
        string text => $"Found the text '{text}', and a ranking is needed: {Remedy}.",
        _ => null,
    };
}
