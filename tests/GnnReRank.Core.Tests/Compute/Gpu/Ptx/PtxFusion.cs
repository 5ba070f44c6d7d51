using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>
/// What NVIDIA's compiler may make of PTX: a product and the sum that takes it, neither with a rounding of its own, become one
/// multiply-add that rounds once. Here wherever both stand in one stretch of code.
/// </summary>
internal static partial class PtxFusion
{
    /// <summary>The text with a rounding named for each product and sum: no compiler makes one of two of these.</summary>
    public static string Forbidden(string text) => Unnamed().Replace(text, "$1.rn.$2");

    public static PtxInstruction[] Fused(PtxProgram program)
    {
        PtxInstruction[] result = [.. program.Instructions];
        HashSet<int> starts = [.. program.Labels.Values];
        for (int at = 0; at < result.Length; at++)
        {
            if (result[at].Opcode != "add.f32")
            {
                continue;
            }

            PtxOperand[] sum = result[at].Operands;
            if (ProductOf(program.Instructions, starts, at, sum[1].Register) is { } first)
            {
                result[at] = result[at] with { Opcode = "fma.rn.f32", Operands = [sum[0], .. first, sum[2]] };
            }
            else if (ProductOf(program.Instructions, starts, at, sum[2].Register) is { } second)
            {
                result[at] = result[at] with { Opcode = "fma.rn.f32", Operands = [sum[0], .. second, sum[1]] };
            }
        }

        return result;
    }

    // Not those of an atom or a red.
    [GeneratedRegex(@"(?<![.\w])(mul|add|sub)\.(f32|f64)\b")]
    private static partial Regex Unnamed();

    /// <summary>The factors of the product that a register holds, or null where it holds none, or they are no longer there.</summary>
    private static PtxOperand[]? ProductOf(List<PtxInstruction> instructions, HashSet<int> starts, int sum, int register)
    {
        HashSet<int> changed = [];
        for (int at = sum - 1; at >= 0 && register >= 0 && !starts.Contains(at + 1); at--)
        {
            PtxInstruction instruction = instructions[at];
            if (instruction.Operands.Length == 0 || instruction.Opcode.StartsWith("st.", StringComparison.Ordinal))
            {
                continue;
            }

            if (instruction.Operands[0].Vector.Contains(register))
            {
                PtxOperand[] factors = instruction.Operands[1..];
                return instruction is { Opcode: "mul.f32", Guard: < 0 } && !factors.Any(factor => changed.Contains(factor.Register)) ? factors : null;
            }

            changed.UnionWith(instruction.Operands[0].Vector);
        }

        return null;
    }
}
