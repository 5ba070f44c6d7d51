namespace GnnReRank.Binding;

/// <summary>A gallery, in whose place its graph may come too.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GalleryNeededAttribute : NeededAttribute
{
    public override string Thing => "a gallery (or its neighbour graph)";

    public override string Remedy => "read one with Import-FeatureMatrix -Set Gallery, or make one with ConvertTo-FeatureMatrix";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path => $"Found the text '{path}', and a gallery is needed: read the file with Import-FeatureMatrix first.",
        RetrievalDataset or Ranking =>
            $"Found a {given.GetType().Name}, and a gallery is needed: give its property Gallery.",
        FeatureMatrix or NeighborGraph or System.Collections.IEnumerable => null,
        _ => $"Found a value of type {given.GetType().Name}, and a gallery is needed: {Remedy}.",
    };
}
