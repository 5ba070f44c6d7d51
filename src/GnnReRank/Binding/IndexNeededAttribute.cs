namespace GnnReRank.Binding;

/// <summary>An index that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IndexNeededAttribute : NeededAttribute
{
    public override string Thing => "an index";

    public override string Remedy => "make one with New-ReRankIndex, or read one with Import-ReRankIndex";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path => $"Found the text '{path}', and an index is needed: read the file with Import-ReRankIndex first.",
        FeatureMatrix or NeighborGraph =>
            $"Found a {given.GetType().Name}, and an index is needed: make one of it with New-ReRankIndex first.",
        ReRankIndex => null,
        _ => $"Found a value of type {given.GetType().Name}, and an index is needed: {Remedy}.",
    };
}
