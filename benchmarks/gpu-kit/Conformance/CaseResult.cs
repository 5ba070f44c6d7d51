namespace GnnReRank.GpuKit.Conformance;

/// <summary>How a case went.</summary>
/// <param name="Fault">Why it failed; null where it did not.</param>
/// <param name="IsSkipped">Whether it was skipped.</param>
/// <param name="Hangs">Whether it did not end in time, and still runs.</param>
internal sealed record CaseResult(string? Fault = null, bool IsSkipped = false, bool Hangs = false);
