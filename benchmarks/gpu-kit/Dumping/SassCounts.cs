using System.Globalization;
using System.Text.RegularExpressions;

namespace GnnReRank.GpuKit.Dumping;

/// <summary>What a kernel's machine code consists of.</summary>
internal static partial class SassCounts
{
    // The first that fits takes an instruction: widths before the bare name.
    private static readonly string[] s_groups =
    [
        "HMMA", "FFMA", "IMAD", "LDSM", "LDGSTS", "LDG.128", "LDG.64", "LDG", "LD.128", "LD.64", "LD", "LDS.128", "LDS.64", "LDS",
        "STG.128", "STG.64", "STG", "ST.128", "ST.64", "ST", "STS.128", "STS.64", "STS", "LDL", "STL", "ATOM", "RED", "BAR", "SHFL",
        "MUFU", "BRA",
    ];

    /// <summary>How often each group is there, and all instructions together, in words.</summary>
    public static string Of(string sass)
    {
        string[] opcodes = [.. Instruction().Matches(sass).Select(match => match.Groups["opcode"].Value)];
        Dictionary<string, int> counts = [];
        foreach (string opcode in opcodes)
        {
            string? group = s_groups.FirstOrDefault(name => IsOf(opcode, name));
            if (group is not null)
            {
                counts[group] = counts.GetValueOrDefault(group) + 1;
            }
        }

        IEnumerable<string> parts = s_groups.Where(counts.ContainsKey)
            .Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {counts[name]}"));
        return string.Create(CultureInfo.InvariantCulture, $"{opcodes.Length} instructions: ") + string.Join(", ", parts);
    }

    [GeneratedRegex(@"/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\w+\s+)?(?<opcode>[A-Z][A-Z0-9_.]*)")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"Used (?<registers>\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill loads")]
    private static partial Regex Spills();

    /// <summary>Registers and spilled bytes, as the assembler tells them.</summary>
    public static (int? Registers, int? SpilledBytes) OfAssembler(string words)
    {
        Match registers = Registers().Match(words);
        Match spills = Spills().Match(words);
        return (
            registers.Success ? int.Parse(registers.Groups["registers"].Value, CultureInfo.InvariantCulture) : null,
            spills.Success
                ? int.Parse(spills.Groups["stores"].Value, CultureInfo.InvariantCulture)
                    + int.Parse(spills.Groups["loads"].Value, CultureInfo.InvariantCulture)
                : null);
    }

    private static bool IsOf(string opcode, string group)
    {
        string[] parts = opcode.Split('.');
        string[] wanted = group.Split('.');
        bool isNamed = wanted[0] is "ATOM" or "IMAD" ? parts[0].StartsWith(wanted[0], StringComparison.Ordinal) : parts[0] == wanted[0];
        return isNamed && wanted.Skip(1).All(parts.Contains);
    }
}
