using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Turns ILGPU's OpenCL 2 text into OpenCL 1.2, which has no generic pointers: those are global here, or whatever they are set from.</summary>
internal static partial class PoclSource
{
    public static string Rewrite(string source)
    {
        Dictionary<string, (string Space, string Element)> types = PointerType().Matches(source)
            .ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["space"].Value, match.Groups["element"].Value));
        string bodies = Function().Replace(source, match => RewriteFunction(match.Value, types));

        // A typedef for each space that a generic pointer turned out to point into; those not used harm nobody.
        bodies = PointerType().Replace(bodies, match => match.Groups["space"].Value == "__generic"
            ? $"{match.Value}\ntypedef local {match.Groups["element"].Value}* {match.Groups["name"].Value}_local;\n"
                + $"typedef private {match.Groups["element"].Value}* {match.Groups["name"].Value}_private;"
            : match.Value);
        bodies = bodies.Replace("__generic", "__global", StringComparison.Ordinal);
        return Barrier().Replace(bodies, "barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)");
    }

    private static string RewriteFunction(string text, Dictionary<string, (string Space, string Element)> types)
    {
        Dictionary<string, string> typeOf = Declaration().Matches(text)
            .Where(match => types.ContainsKey(match.Groups["type"].Value))
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["type"].Value);
        Dictionary<string, string> spaceOf = Spaces(text, typeOf, types);
        string Retyped(string type, string variable) =>
            types[type].Space == "__generic" && spaceOf[variable] is "local" or "private" ? $"{type}_{spaceOf[variable]}" : type;

        text = Declaration().Replace(text, match => typeOf.ContainsKey(match.Groups["name"].Value)
            ? match.Value.Replace(match.Groups["type"].Value, Retyped(match.Groups["type"].Value, match.Groups["name"].Value), StringComparison.Ordinal)
            : match.Value);
        text = Assignment().Replace(text, match => typeOf.TryGetValue(match.Groups["name"].Value, out string? type)
            ? match.Value.Replace($"({type})", $"({Retyped(type, match.Groups["name"].Value)})", StringComparison.Ordinal)
            : match.Value);
        text = Atomic().Replace(text, match => Invariant(
            $"atomic_{OldName(match.Groups["operation"].Value)} ((volatile {SpaceOf(match)} {match.Groups["type"].Value}*){match.Groups["target"].Value}"));
        return CompareExchange().Replace(text, match => Invariant(
            $"{match.Groups["value"].Value} = atomic_cmpxchg((volatile {SpaceOf(match)} {match.Groups["type"].Value}*){match.Groups["target"].Value}, {match.Groups["value"].Value}, "));

        string SpaceOf(Match match) => spaceOf[match.Groups["target"].Value];
    }

    /// <summary>Where every pointer variable points, followed through assignments until nothing changes.</summary>
    private static Dictionary<string, string> Spaces(
        string text, Dictionary<string, string> typeOf, Dictionary<string, (string Space, string Element)> types)
    {
        Dictionary<string, string> spaceOf = typeOf.ToDictionary(
            pair => pair.Key, pair => types[pair.Value].Space == "__generic" ? "global" : types[pair.Value].Space);
        MatchCollection assignments = Assignment().Matches(text);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (Match assignment in assignments)
            {
                string name = assignment.Groups["name"].Value;
                if (!typeOf.TryGetValue(name, out string? type) || types[type].Space != "__generic" || spaceOf[name] != "global")
                {
                    continue;
                }

                string? source = Variable().Matches(assignment.Groups["value"].Value)
                    .Select(match => spaceOf.GetValueOrDefault(match.Value))
                    .FirstOrDefault(space => space is "local" or "private");
                if (source is not null)
                {
                    spaceOf[name] = source;
                    changed = true;
                }
            }
        }

        return spaceOf;
    }

    private static string OldName(string operation) => operation switch
    {
        "exchange" => "xchg",
        _ => operation.Replace("fetch_", "", StringComparison.Ordinal),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"typedef (?<space>\w+) (?<element>[\w ]+)\* (?<name>type_\d+);")]
    private static partial Regex PointerType();

    [GeneratedRegex(@"^\S[^;{}]*\([^{};]*\)\s*\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Function();

    [GeneratedRegex(@"(?<type>type_\d+) (?<name>var\d+)(?=[;,)])")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<name>var\d+) = (?<value>[^;]*);")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"var\d+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"work_group_barrier \( [^)]*\)")]
    private static partial Regex Barrier();

    [GeneratedRegex(@"atomic_(?<operation>fetch_\w+|exchange) \(\(atomic_(?<type>\w+)\*\)(?<target>var\d+)")]
    private static partial Regex Atomic();

    [GeneratedRegex(@"atomic_compare_exchange_strong \(\(atomic_(?<type>\w+)\*\)(?<target>var\d+), \([\w ]+\*\) & (?<value>var\d+), ")]
    private static partial Regex CompareExchange();
}
