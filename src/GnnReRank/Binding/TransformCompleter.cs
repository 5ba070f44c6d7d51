namespace GnnReRank.Binding;

/// <summary>Completes with the variables that hold transforms.</summary>
public sealed class TransformCompleter : VariableCompleter
{
    private protected override bool Takes(object value) => value is FeatureTransform;
}
