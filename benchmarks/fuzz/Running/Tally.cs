using System.Text.Json;

namespace GnnReRank.Fuzz.Running;

/// <summary>Counts, by format and outcome, and findings by kind.</summary>
internal sealed class Tally
{
    public const string Equal = "accepted, equal";
    public const string Changed = "accepted, changed";
    public const string Gone = "accepted, labels, cameras or names gone";
    public const string Repaired = "accepted, checksums or lengths made to fit";
    public const string Refused = "refused: ";

    private const int ShownIds = 12;

    public SortedDictionary<string, SortedDictionary<string, long>> Outcomes { get; init; } = [];

    public SortedDictionary<string, long> Findings { get; init; } = [];

    public long Inputs => Outcomes.Values.Sum(counts => counts.Values.Sum());

    public void Count(string format, string outcome)
    {
        if (!Outcomes.TryGetValue(format, out SortedDictionary<string, long>? counts))
        {
            Outcomes[format] = counts = [];
        }

        counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
    }

    /// <summary>Counts a finding, and says how many of its kind there are now.</summary>
    public long CountFinding(string kind)
    {
        Findings[kind] = Findings.GetValueOrDefault(kind) + 1;
        return Findings[kind];
    }

    public void Add(Tally other)
    {
        foreach ((string format, SortedDictionary<string, long> counts) in other.Outcomes)
        {
            foreach ((string outcome, long count) in counts)
            {
                Count(format, outcome);
                Outcomes[format][outcome] += count - 1;
            }
        }

        foreach ((string kind, long count) in other.Findings)
        {
            Findings[kind] = Findings.GetValueOrDefault(kind) + count;
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this));

    public static Tally Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<Tally>(File.ReadAllText(path)) ?? new Tally() : new Tally();

    public void Print(TimeSpan elapsed)
    {
        Console.WriteLine("| format | inputs | accepted, equal | accepted, changed | of which a column lost its usual name | checksums or lengths made to fit, accepted | refused |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string format, SortedDictionary<string, long> counts) in Outcomes)
        {
            Console.WriteLine($"| {format} | {counts.Values.Sum():N0} | {counts.GetValueOrDefault(Equal):N0} | {counts.GetValueOrDefault(Changed) + counts.GetValueOrDefault(Gone):N0} | {counts.GetValueOrDefault(Gone):N0} | {counts.GetValueOrDefault(Repaired):N0} | {RefusedOf(counts).Sum(pair => pair.Value):N0} |");
        }

        Console.WriteLine();
        foreach ((string format, SortedDictionary<string, long> counts) in Outcomes)
        {
            Console.WriteLine($"{format}: {string.Join(", ", RefusedOf(counts).OrderByDescending(pair => pair.Value).Take(ShownIds).Select(pair => $"{pair.Key[Refused.Length..]} {pair.Value:N0}"))}");
        }

        Console.WriteLine();
        Console.WriteLine($"{Inputs:N0} inputs in {elapsed.TotalSeconds:N0} s ({Inputs / elapsed.TotalSeconds:N0} a second), {Findings.Values.Sum():N0} findings of {Findings.Count} kinds.");
        foreach ((string kind, long count) in Findings)
        {
            Console.WriteLine($"{count,8:N0}  {kind}");
        }
    }

    private static IEnumerable<KeyValuePair<string, long>> RefusedOf(SortedDictionary<string, long> counts) =>
        counts.Where(pair => pair.Key.StartsWith(Refused, StringComparison.Ordinal));
}
