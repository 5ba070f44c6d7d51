using System.Globalization;
using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>The one entry of a PTX text, decoded.</summary>
internal sealed partial class PtxProgram
{
    private readonly Dictionary<string, int> _registers = [];
    private readonly Dictionary<string, ulong> _symbols = [];

    public PtxProgram(string text)
    {
        Text = text;
        string bare = Comment().Replace(text, string.Empty);
        Match entry = Entry().Match(bare);
        _symbols.Add(entry.Groups["parameter"].Value, 0);
        ParameterBytes = int.Parse(entry.Groups["bytes"].Value, CultureInfo.InvariantCulture);
        foreach (string statement in bare[(entry.Index + entry.Length)..bare.LastIndexOf('}')].Split(';', StringSplitOptions.TrimEntries))
        {
            Add(statement);
        }
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    public List<PtxInstruction> Instructions { get; } = [];

    public Dictionary<string, int> Labels { get; } = [];

    public int ParameterBytes { get; }

    public int SharedBytes { get; private set; }

    public int LocalBytes { get; private set; }

    public int RegisterCount => _registers.Count;

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\.entry \w+\(\s*\.param \.align 8 \.b8 (?<parameter>\w+)\[(?<bytes>\d+)\]\s*\)[^{]*\{")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?<label>\w+):\s*")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\.reg \.\w+\s+(?<name>[%\w]+)(<(?<count>\d+)>)?$")]
    private static partial Regex RegisterList();

    [GeneratedRegex(@"^\.(?<space>shared|local) \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<bytes>\d+)\]$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(@(?<not>!?)(?<guard>\S+)\s+)?(?<opcode>[a-z][\w.]*)\s*(?<operands>.*)$", RegexOptions.Singleline)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[^,\s]+")]
    private static partial Regex OperandText();

    private void Add(string statement)
    {
        for (Match label = Label().Match(statement); label.Success; label = Label().Match(statement))
        {
            Labels.Add(label.Groups["label"].Value, Instructions.Count);
            statement = statement[label.Length..];
        }

        if (RegisterList().Match(statement) is { Success: true } list)
        {
            Declare(list.Groups["name"].Value, list.Groups["count"].Value);
        }
        else if (Variable().Match(statement) is { Success: true } variable)
        {
            Allocate(variable);
        }
        else if (statement.Length > 0)
        {
            Instructions.Add(Decode(Instruction().Match(statement) is { Success: true } match
                ? match : throw new NotSupportedException($"Statement '{statement}'.")));
        }
    }

    private void Declare(string name, string count)
    {
        if (count.Length == 0)
        {
            _registers.Add(name, _registers.Count);
            return;
        }

        for (int i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
        {
            _registers.Add(name + i, _registers.Count);
        }
    }

    private void Allocate(Match variable)
    {
        bool shared = variable.Groups["space"].Value == "shared";
        int align = int.Parse(variable.Groups["align"].Value, CultureInfo.InvariantCulture);
        int start = ((shared ? SharedBytes : LocalBytes) + align - 1) / align * align;
        int end = start + int.Parse(variable.Groups["bytes"].Value, CultureInfo.InvariantCulture);
        _symbols.Add(variable.Groups["name"].Value, (ulong)start);
        (SharedBytes, LocalBytes) = shared ? (end, LocalBytes) : (SharedBytes, end);
    }

    private PtxInstruction Decode(Match match)
    {
        string opcode = match.Groups["opcode"].Value;
        string operands = match.Groups["operands"].Value;
        bool branch = opcode is "bra" or "bra.uni";
        return new PtxInstruction(
            opcode,
            branch ? [] : [.. OperandText().Matches(operands).Select(operand => Decode(operand.Value))],
            match.Groups["guard"].Success ? _registers[match.Groups["guard"].Value] : -1,
            match.Groups["not"].Value == "!" ? 0UL : 1UL,
            branch ? operands.Trim() : null);
    }

    private PtxOperand Decode(string text)
    {
        if (text[0] == '{')
        {
            string[] names = text[1..^1].Split(',', StringSplitOptions.TrimEntries);
            return new PtxOperand(-1, 0, null, [.. names.Select(name => _registers[name])]);
        }

        if (text[0] == '[')
        {
            string[] parts = text[1..^1].Split('+', StringSplitOptions.TrimEntries);
            PtxOperand start = Decode(parts[0]);
            return start with { Value = start.Value + (parts.Length > 1 ? Constant(parts[1]) : 0) };
        }

        return _registers.TryGetValue(text, out int slot) ? new PtxOperand(slot, 0, null, [slot])
            : text[0] == '%' ? new PtxOperand(-1, 0, text, [])
            : new PtxOperand(-1, _symbols.TryGetValue(text, out ulong place) ? place : Constant(text), null, []);
    }

    private static ulong Constant(string text) =>
        text.StartsWith("0f", StringComparison.Ordinal) ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : text.StartsWith("0d", StringComparison.Ordinal) ? ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : text[0] == '-' ? (ulong)long.Parse(text, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);
}
