using System.Management.Automation;
using System.Text;

namespace GnnReRank.Help;

/// <summary>One command's page in Markdown: what its help says, for those who read on the web.</summary>
internal sealed class CommandPage(CmdletInfo command, SourceComments comments, MethodHelp methods, PageText text)
{
    private const int SyntaxWidth = 100;
    private readonly CommandElement _command = new(command, comments, methods);
    private readonly ParameterElement _parameters = new(command, comments);

    public string Name => command.Name;

    public string Synopsis => text.Of(comments.Summary(command.ImplementingType), Name);

    /// <summary>The page, with "\n" for line breaks on every system.</summary>
    public override string ToString() => string.Join("\n\n", Sections()) + "\n";

    private IEnumerable<string> Sections() =>
    [
        $"# {Name}",
        Synopsis,
        "## Syntax",
        .. _command.SetsInOrder().SelectMany(Syntax),
        "## Description",
        .. Paragraphs(comments.Remarks(command.ImplementingType)),
        "## Examples",
        .. comments.Examples(command.ImplementingType).SelectMany(Example),
        "## Parameters",
        .. _command.DistinctParameters().SelectMany(Parameter),
        "It also takes the [common parameters](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters).",
        .. methods.ToMarkdown(command, text),
        "## Inputs",
        List(_command.InputTypes().Order(StringComparer.Ordinal).Select(name => $"`{name}`")),
        "## Outputs",
        List(command.OutputType.Select(type => $"`{type.Name}`")),
        "## See also",
        List(comments.SeeAlso(command.ImplementingType).Select(link => text.Of(link, Name)).Append(PageText.About)),
    ];

    private IEnumerable<string> Syntax(CommandParameterSetInfo set) => command.ParameterSets.Count == 1
        ? [SyntaxLines(set)]
        : [$"### {set.Name}{(set.IsDefault ? " (default)" : string.Empty)}", SyntaxLines(set)];

    private string SyntaxLines(CommandParameterSetInfo set)
    {
        StringBuilder lines = new($"```powershell\n{Name}");
        int width = Name.Length;
        foreach (string part in _parameters.InOrder(set).Select(SyntaxOf).Append("[<CommonParameters>]"))
        {
            bool fits = width + 1 + part.Length <= SyntaxWidth;
            lines.Append(fits ? " " : "\n    ").Append(part);
            width = (fits ? width + 1 : 4) + part.Length;
        }

        return lines.Append("\n```").ToString();
    }

    private static string SyntaxOf(CommandParameterInfo parameter)
    {
        string name = parameter.Position < 0 ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string whole = parameter.ParameterType == typeof(SwitchParameter) ? name : $"{name} <{TypeNames.Short(parameter.ParameterType)}>";
        return ParameterElement.IsRequired(parameter) ? whole : $"[{whole}]";
    }

    private IEnumerable<string> Example(CommandExample example, int index) =>
        [$"### Example {index + 1}: {text.Of(example.Title, Name)}", $"```powershell\n{example.Code}\n```", .. Paragraphs(example.Remarks)];

    private IEnumerable<string> Parameter(CommandParameterInfo parameter)
    {
        CommandParameterSetInfo[] sets = [.. command.ParameterSets.Where(set => set.Parameters.Any(other => other.Name == parameter.Name))];
        (string Name, string Value)[] facts =
        [
            ("Type", $"`{TypeNames.Full(parameter.ParameterType)}`"),
            ("Values", Code(ParameterElement.Choices(parameter))),
            ("Aliases", parameter.Aliases.Count > 0 ? Code(parameter.Aliases.Select(alias => $"-{alias}")) : "none"),
            ("Required", ParameterElement.IsRequired(parameter) ? "yes" : "no"),
            ("Position", parameter.Position < 0 ? "named" : $"{parameter.Position}"),
            ("Default", text.Of(_parameters.DefaultValue(parameter), Name)),
            ("Pipeline input", PipelineInput(parameter)),
            ("Wildcards", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "yes" : "no"),
            ("Parameter sets", sets.Length == command.ParameterSets.Count ? string.Empty : Code(sets.Select(set => set.Name).Order(StringComparer.Ordinal))),
        ];
        (string Name, string Value)[] said = [.. facts.Where(fact => fact.Value.Length > 0)];
        return
        [
            $"### -{parameter.Name}",
            text.Of(_parameters.Description(parameter), Name),
            $"| {string.Join(" | ", said.Select(fact => fact.Name))} |\n|{string.Concat(Enumerable.Repeat("---|", said.Length))}\n| {string.Join(" | ", said.Select(fact => fact.Value))} |",
        ];
    }

    private static string PipelineInput(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "by value, by property name",
        (true, false) => "by value",
        (false, true) => "by property name",
        _ => "no",
    };

    private IEnumerable<string> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(paragraph => text.Of(paragraph, Name));

    private static string Code(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private static string List(IEnumerable<string> items) => string.Join("\n", items.Select(item => $"- {item}").DefaultIfEmpty("- none"));
}
