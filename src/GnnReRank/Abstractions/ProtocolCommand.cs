using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that judges rankings by a protocol.</summary>
public abstract class ProtocolCommand : GnnReRankCommand
{
    /// <summary>In words, which protocol is taken where nothing names one.</summary>
    internal const string UsualProtocol = "Market1501 where both matrices have cameras, else LeaveOneOut where they hold the same rows, else Label";

    private protected ProtocolCommand()
    {
    }

    /// <summary>Which gallery images are good and which are junk: a protocol, or a data set that it evaluates, such as SOP or ROxford5k.</summary>
    [Parameter]
    [ProtocolName]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [PSDefaultValue(Help = "what the data set of -GroundTruth says, else " + UsualProtocol)]
    public string? Protocol { get; set; }

    /// <summary>
    /// The lists of a benchmark that has no labels, bound to the matrices row by row: a GroundTruth, or a data set that has one.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Help = "none: labels and cameras say which images are good")]
    [ArgumentCompleter(typeof(TruthCompleter))]
    public object? GroundTruth { get; set; }

    /// <summary>The kind of average precision.</summary>
    [Parameter]
    [PSDefaultValue(Help = "the protocol's official kind")]
    public ApKind? ApKind { get; set; }

    /// <summary>What the parameters ask for.</summary>
    /// <exception cref="GnnReRankException">-GroundTruth is neither a truth nor a data set.</exception>
    private protected virtual EvaluationSettings Evaluation()
    {
        TruthArgument truth = TruthArgument.Of(GroundTruth);
        return new EvaluationSettings { Protocol = truth.ProtocolOr(Protocol), GroundTruth = truth.Truth, ApKind = ApKind };
    }
}
