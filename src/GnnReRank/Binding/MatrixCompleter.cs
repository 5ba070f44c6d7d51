namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold feature matrices.</summary>
public sealed class MatrixCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is FeatureMatrix or RetrievalDataset;
}
