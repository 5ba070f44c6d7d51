using System.Text.RegularExpressions;

namespace GnnReRank.Extractor;

/// <summary>Reads label and camera from a picture's name, by the named groups of a regular expression.</summary>
internal sealed class NamingRule
{
    private const string Label = "label";
    private const string Camera = "camera";

    private readonly Regex _pattern;

    /// <exception cref="ExtractionException">It is no regular expression, or has other groups.</exception>
    public NamingRule(string pattern)
    {
        try
        {
            RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
            _pattern = new Regex(pattern, options, TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException fault)
        {
            throw new ExtractionException($"--pattern is no regular expression: {fault.Message}", fault);
        }

        string[] groups = [.. _pattern.GetGroupNames().Where(name => name != "0")];
        if (groups.Length == 0 || groups.Except([Label, Camera]).Any())
        {
            string found = groups.Length == 0 ? "no named group" : $"the groups {string.Join(", ", groups)}";
            throw new ExtractionException(
                $"--pattern has {found}. It takes the groups label and camera, one of them or both, "
                + "such as '^(?<camera>[^/]+)/(?<label>[^/]+)/'.");
        }

        HasLabels = groups.Contains(Label);
        HasCameras = groups.Contains(Camera);
    }

    /// <summary>Whether it says labels.</summary>
    public bool HasLabels { get; }

    /// <summary>Whether it says cameras.</summary>
    public bool HasCameras { get; }

    /// <summary>The label and the camera of each picture; each null where the rule does not say it.</summary>
    /// <exception cref="ExtractionException">A name does not match.</exception>
    public IReadOnlyList<(string? Label, string? Camera)> Read(IReadOnlyList<PictureFile> pictures)
    {
        Match[] matches = [.. pictures.Select(picture => Match(picture.Name))];
        int wrong = matches.Count(match => !IsWhole(match));
        int first = Array.FindIndex(matches, match => !IsWhole(match));
        return first < 0
            ? [.. matches.Select(match => (Value(match, Label), Value(match, Camera)))]
            : throw new ExtractionException(
                $"--pattern does not match {wrong:N0} of {pictures.Count:N0} pictures, "
                + $"or leaves a group of it empty; the first is '{pictures[first].Name}'. "
                + "Names are the paths within the folder, with / between the parts.");
    }

    private static string? Value(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: string text } ? text : null;

    private static bool IsFilled(Match match, string group) => !string.IsNullOrWhiteSpace(Value(match, group));

    private Match Match(string name)
    {
        try
        {
            return _pattern.Match(name);
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new ExtractionException(
                $"--pattern takes more than five seconds for '{name}'. Write it with fewer nested repetitions.", fault);
        }
    }

    private bool IsWhole(Match match) =>
        match.Success && (!HasLabels || IsFilled(match, Label)) && (!HasCameras || IsFilled(match, Camera));
}
