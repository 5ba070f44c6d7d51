namespace GnnReRank;

/// <summary>A name by which a protocol is asked for: its own, or that of a data set that it evaluates.</summary>
/// <param name="Name">The name as it is usually written.</param>
/// <param name="Protocol">The protocol that it stands for.</param>
/// <param name="Meaning">What it means, in a line.</param>
public sealed record ProtocolName(string Name, EvaluationProtocol Protocol, string Meaning);
