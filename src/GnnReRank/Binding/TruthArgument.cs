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

        if (CarriedResult.NameOf(value) is string name)
        {
            throw Errors.NotCarried(name, reason: null);
        }

        PSObject dataSet = PSObject.AsPSObject(value);
        GroundTruth? truth = PropertyOf(dataSet, nameof(GroundTruth)) as GroundTruth;
        EvaluationProtocol? protocol = PropertyOf(dataSet, "Protocol") as EvaluationProtocol?;
        return truth is null && protocol is null ? throw Errors.NotAGroundTruth(bare) : new TruthArgument(truth, protocol);
    }

    /// <summary>The protocol that is named, else that of the data set.</summary>
    /// <param name="named">A protocol, or a data set that it evaluates; null or empty where none is named.</param>
    public EvaluationProtocol? ProtocolOr(string? named) => string.IsNullOrEmpty(named) ? Protocol : EvaluationProtocols.Find(named);

    private static object? PropertyOf(PSObject dataSet, string name) => FeatureValues.Unwrap(dataSet.Properties[name]?.Value);
}
