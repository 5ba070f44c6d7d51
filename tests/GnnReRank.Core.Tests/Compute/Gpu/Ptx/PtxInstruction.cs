namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>One instruction.</summary>
/// <param name="Opcode">With its types, as written.</param>
/// <param name="Operands">Decoded; a branch has none.</param>
/// <param name="Guard">The slot of the predicate under which it runs, or -1.</param>
/// <param name="GuardValue">What the predicate must be.</param>
/// <param name="Target">The label of a branch, or null.</param>
internal sealed record PtxInstruction(string Opcode, PtxOperand[] Operands, int Guard, ulong GuardValue, string? Target);
