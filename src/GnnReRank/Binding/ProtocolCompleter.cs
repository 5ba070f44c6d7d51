namespace GnnReRank.Binding;

/// <summary>Completes the evaluation protocol.</summary>
public sealed class ProtocolCompleter() : ValueCompleter(
    (nameof(EvaluationProtocol.Market1501), "Same label, other camera is good; same label, same camera is junk. Needs cameras."),
    (nameof(EvaluationProtocol.Label), "Same label is good. No camera rule."));
