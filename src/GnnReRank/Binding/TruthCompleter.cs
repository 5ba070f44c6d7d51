namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold ground truths and data sets.</summary>
public sealed class TruthCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is GroundTruth or RetrievalDataset;
}
