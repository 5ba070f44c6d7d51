namespace GnnReRank.Binding;

/// <summary>A feature matrix that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MatrixNeededAttribute : NeededAttribute
{
    public override string Thing => "a feature matrix";

    public override string Remedy => "read one with Import-FeatureMatrix, or make one with ConvertTo-FeatureMatrix";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path => $"Found the text '{path}', and a feature matrix is needed: read the file with Import-FeatureMatrix first.",
        RetrievalDataset =>
            "Found a data set, and a feature matrix is needed: give its properties Query and Gallery, or pipe it to Search-FeatureMatrix, Invoke-GnnReRank or New-NeighborGraph.",
        NeighborGraph or Ranking =>
            $"Found a {given.GetType().Name}, and a feature matrix is needed: give its properties Query and Gallery.",
        FeatureMatrix or System.Collections.IEnumerable => null,
        _ => $"Found a value of type {given.GetType().Name}, and a feature matrix is needed: {Remedy}.",
    };
}
