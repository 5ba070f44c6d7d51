namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold indexes.</summary>
public sealed class IndexCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is ReRankIndex;
}
