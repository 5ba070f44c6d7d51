using System.Management.Automation;
using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>What help says of parameters that a command has only beside a certain -Method.</summary>
/// <param name="methods">All methods.</param>
/// <param name="offered">The methods that completion offers for -Method of a command, by the command's name; most commands have none.</param>
internal sealed class MethodHelp(IReadOnlyList<MethodFacts> methods, IReadOnlyDictionary<string, string[]> offered)
{
    /// <summary>The methods whose parameters a command takes; none of most commands.</summary>
    public IReadOnlyList<MethodFacts> Of(CmdletInfo command) =>
        [.. methods.Where(method => offered.GetValueOrDefault(command.Name, []).Contains(method.Name))];

    /// <summary>An element for each name, the speaking ones and the papers'; several methods may have one.</summary>
    public IEnumerable<XElement> ToDetails(CmdletInfo command)
    {
        (MethodFacts Method, MethodParameterFacts Parameter)[] all =
            [.. Of(command).SelectMany(method => method.Parameters.Select(parameter => (method, parameter)))];
        HashSet<string> names = new(command.Parameters.Values.Where(known => !known.IsDynamic).Select(known => known.Name), StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, (MethodFacts Method, MethodParameterFacts Parameter)> same in
            all.GroupBy(each => each.Parameter.Name, StringComparer.OrdinalIgnoreCase))
        {
            names.Add(same.Key);
            yield return Element(same.Key, [.. same], isAlias: false);
        }

        foreach (IGrouping<string, (MethodFacts Method, MethodParameterFacts Parameter)> same in all
            .Where(each => each.Parameter.Alias is string alias && !names.Contains(alias))
            .GroupBy(each => each.Parameter.Alias!, StringComparer.OrdinalIgnoreCase))
        {
            yield return Element(same.Key, [.. same], isAlias: true);
        }
    }

    private static XElement Element(string name, (MethodFacts Method, MethodParameterFacts Parameter)[] holders, bool isAlias)
    {
        MethodParameterFacts first = holders[0].Parameter;
        string[] others = [.. holders.Select(holder => isAlias ? holder.Parameter.Name : holder.Parameter.Alias).OfType<string>().Distinct()];
        return new XElement(
            Maml.Command + "parameter",
            new XAttribute("required", "false"),
            new XAttribute("variableLength", "false"),
            new XAttribute("globbing", "false"),
            new XAttribute("pipelineInput", "False"),
            new XAttribute("position", "named"),
            new XAttribute("aliases", others.Length > 0 ? string.Join(", ", others) : "none"),
            new XElement(Maml.Text + "name", name),
            Maml.Paragraphs(Maml.Text + "description", holders.Select(holder =>
                $"{(isAlias ? $"Alias of -{holder.Parameter.Name}. " : string.Empty)}With -Method {holder.Method.Name}: {holder.Parameter.InWords}")),
            first.IsSwitch ? null : new XElement(
                Maml.Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), first.Type),
            Maml.Type(first.Type),
            new XElement(Maml.Dev + "defaultValue", holders.Length == 1
                ? first.Default
                : string.Join(", ", holders.Select(holder => $"{holder.Parameter.Default} ({holder.Method.Name})"))));
    }

    /// <summary>A section of Markdown for each method, with a table of its parameters.</summary>
    /// <param name="command">The command whose page it is.</param>
    /// <param name="text">Makes Markdown of plain text.</param>
    public IEnumerable<string> ToMarkdown(CmdletInfo command, PageText text)
    {
        IReadOnlyList<MethodFacts> shown = Of(command);
        return shown.Count == 0 ? [] :
        [
            "## Methods",
            "What `-Method` takes, and the parameters that the command has with it.",
            .. shown.SelectMany(method => Section(method, text, command.Name)),
        ];
    }

    private static IEnumerable<string> Section(MethodFacts method, PageText text, string page)
    {
        string source = method.Source == "-" ? string.Empty : $" Source: {method.Source}.";
        yield return $"### {method.Name}";
        yield return text.Of($"{char.ToUpperInvariant(method.Description[0])}{method.Description[1..].TrimEnd('.')}.{source}", page);
        if (method.Parameters.Count == 0)
        {
            yield return "It has no parameters.";
            yield break;
        }

        yield return "| Parameter | Alias | Type | Default | Range | Meaning |\n|---|---|---|---|---|---|\n" + string.Join("\n", method.Parameters.Select(parameter =>
            $"| `-{parameter.Name}` | {(parameter.Alias is null ? "none" : $"`-{parameter.Alias}`")} | `{parameter.Type}` | {text.Of(parameter.Default, page)} | " +
            $"{RangeOf(parameter)} | {text.Of(parameter.Text, page)} |"));
    }

    private static string RangeOf(MethodParameterFacts parameter) =>
        parameter.Choices.Count > 0 ? string.Join(", ", parameter.Choices.Select(choice => $"`{choice}`")) :
        parameter.Range.Length > 0 ? parameter.Range : "any";
}
