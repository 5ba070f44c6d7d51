using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>What -GroundTruth was given: a truth, or a data set that has one, or that says its protocol.</summary>
internal sealed record TruthArgument(GroundTruth? Truth, EvaluationProtocol? Protocol)
{
    /// <exception cref="GnnReRankException">The value is neither.</exception>
    public static TruthArgument Of(object? value)
    {
        object? bare = FeatureValues.Unwrap(value);
        if (bare is null or GroundTruth)
        {
            return new TruthArgument(bare as GroundTruth, null);
        }

        PSObject dataSet = PSObject.AsPSObject(value);
        GroundTruth? truth = PropertyOf(dataSet, nameof(GroundTruth)) as GroundTruth;
        EvaluationProtocol? protocol = PropertyOf(dataSet, "Protocol") as EvaluationProtocol?;
        return truth is null && protocol is null ? throw Errors.NotAGroundTruth(bare) : new TruthArgument(truth, protocol);
    }

    private static object? PropertyOf(PSObject dataSet, string name) => FeatureValues.Unwrap(dataSet.Properties[name]?.Value);
}
