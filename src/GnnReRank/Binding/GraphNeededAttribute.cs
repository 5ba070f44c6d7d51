namespace GnnReRank.Binding;

/// <summary>A neighbour graph that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GraphNeededAttribute : NeededAttribute
{
    public override string Thing => "a neighbour graph";

    public override string Remedy => "make one with New-NeighborGraph, or read one with Import-NeighborGraph";

    private protected override string? RefusalOf(object given) => given switch
    {
        FeatureMatrix or RetrievalDataset => $"Found a {given.GetType().Name}, and a neighbour graph is needed: make one with New-NeighborGraph first.",
        Ranking => "Found a Ranking, and a neighbour graph is needed: make one of its properties Query and Gallery, with New-NeighborGraph.",
        string path => $"Found the text '{path}', and a neighbour graph is needed: read the file with Import-NeighborGraph first.",
        _ => null,
    };
}
