using System.Globalization;

namespace GnnReRank.Cluster.Running;

/// <summary>The words of a worker's command line: a verb, then names and values.</summary>
internal sealed class WorkerArguments
{
    public const string RunVerb = "run";
    public const string CoordinateVerb = "coordinate";
    public const string Job = "--job";
    public const string Id = "--id";
    public const string Stage = "--stage";
    public const string Element = "--element";
    public const string Elements = "--elements";
    public const string Threads = "--threads";
    public const string Tasks = "--tasks";

    /// <summary>Ends the worker when its standard input ends, as it does with whoever started it.</summary>
    public const string Lifeline = "--lifeline";

    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="FormatException">They are no names and values.</exception>
    public WorkerArguments(IReadOnlyList<string> words)
    {
        Verb = words.Count == 0 ? string.Empty : words[0];
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i] == Lifeline)
            {
                HasLifeline = true;
            }
            else if (!words[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == words.Count)
            {
                throw new FormatException($"'{words[i]}' was not expected.");
            }
            else
            {
                _values[words[i]] = words[++i];
            }
        }
    }

    public string Verb { get; }

    public bool HasLifeline { get; }

    /// <exception cref="FormatException">It is not there.</exception>
    public string Text(string name) =>
        _values.TryGetValue(name, out string? value) ? value : throw new FormatException($"{name} is missing.");

    public bool Has(string name) => _values.ContainsKey(name);

    /// <exception cref="FormatException">It is not there, or no number from the least on.</exception>
    public int Number(string name, int least) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{name} is '{Text(name)}', and a whole number from {least} on was expected.");
}
