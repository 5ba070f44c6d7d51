namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold rankings.</summary>
public sealed class RankingCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is Ranking;
}
