namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold graphs.</summary>
public sealed class GraphCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is NeighborGraph;
}
