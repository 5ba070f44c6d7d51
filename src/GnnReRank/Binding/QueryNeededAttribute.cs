namespace GnnReRank.Binding;

/// <summary>Queries of any form that a command cannot do without; rows of numbers are looked at when their turn comes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryNeededAttribute : NeededAttribute
{
    public override string Thing => "a query (a feature matrix or a row of numbers)";

    public override string Remedy => "read a matrix with Import-FeatureMatrix, or give rows as a list of lists";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path => $"Found the text '{path}', and a query is needed: read the file with Import-FeatureMatrix first.",
        NeighborGraph or Ranking =>
            $"Found a {given.GetType().Name}, and a query is needed: give its property Query.",
        _ => null,
    };
}
