namespace GnnReRank.GpuKit.Measuring;

/// <summary>A line that a peer's script prints.</summary>
/// <param name="What">What it timed or checked.</param>
/// <param name="Verdict">Measured, Passed, Failed or Skipped.</param>
/// <param name="Value">The number; null for none.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Floor">The least that the card could take; null where that is not known.</param>
/// <param name="Note">More, for people.</param>
internal sealed record PeerLine(string What, string Verdict, double? Value, string? Unit, double? Floor, string? Note);
