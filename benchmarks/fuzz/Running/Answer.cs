using System.Management.Automation;

namespace GnnReRank.Fuzz.Running;

/// <summary>What a call gave.</summary>
internal sealed record Answer(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, bool IsStopped);
