namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold results and rankings.</summary>
public sealed class ResultCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is RetrievalAccuracy or Ranking;
}
