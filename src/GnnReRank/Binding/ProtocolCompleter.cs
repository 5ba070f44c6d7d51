namespace GnnReRank.Binding;

/// <summary>Completes a protocol with its name and those of the data sets that it evaluates.</summary>
public sealed class ProtocolCompleter() : ValueCompleter([.. EvaluationProtocols.GetNames().Select(entry => (entry.Name, entry.Meaning))]);
