using System.Management.Automation;
using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>One command of the help file.</summary>
internal sealed class CommandElement(CmdletInfo command, SourceComments comments, MethodHelp methods)
{
    private readonly ParameterElement _parameters = new(command, comments);

    public XElement ToXml() => new(
        Maml.Command + "command",
        new XElement(
            Maml.Command + "details",
            new XElement(Maml.Command + "name", command.Name),
            new XElement(Maml.Command + "verb", command.Verb),
            new XElement(Maml.Command + "noun", command.Noun),
            Maml.Paragraphs(Maml.Text + "description", [comments.Summary(command.ImplementingType)])),
        Maml.Paragraphs(Maml.Text + "description", comments.Remarks(command.ImplementingType)),
        Syntax(),
        new XElement(Maml.Command + "parameters", DetailsAndAliases()),
        Inputs(),
        Outputs(),
        Examples(),
        Links());

    /// <summary>The default set first.</summary>
    public IEnumerable<CommandParameterSetInfo> SetsInOrder() =>
        command.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal);

    private IEnumerable<XElement> DetailsAndAliases() => DistinctParameters()
        .SelectMany(parameter => _parameters.ToAliases(parameter).Prepend(_parameters.ToDetails(parameter)))
        .Concat(methods.ToDetails(command))
        .OrderBy(element => element.Element(Maml.Text + "name")!.Value, StringComparer.Ordinal);

    /// <summary>Each parameter as it stands in the first set that has it.</summary>
    public IEnumerable<CommandParameterInfo> DistinctParameters() => SetsInOrder()
        .SelectMany(_parameters.InOrder)
        .DistinctBy(parameter => parameter.Name)
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    private XElement Syntax() => new(
        Maml.Command + "syntax",
        SetsInOrder().Select(set => new XElement(
            Maml.Command + "syntaxItem",
            new XElement(Maml.Text + "name", command.Name),
            _parameters.InOrder(set).Select(_parameters.ToSyntax))));

    /// <summary>The types that the command takes from the pipeline.</summary>
    public IEnumerable<string> InputTypes() => command.ParameterSets
        .SelectMany(set => set.Parameters)
        .Where(parameter => parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName)
        .Select(parameter => TypeNames.Full(parameter.ParameterType))
        .Distinct();

    private XElement Inputs() => new(
        Maml.Command + "inputTypes", InputTypes().Select(name => new XElement(Maml.Command + "inputType", Maml.Type(name))));

    private XElement Outputs() => new(
        Maml.Command + "returnValues",
        command.OutputType.Select(type => new XElement(Maml.Command + "returnValue", Maml.Type(type.Name))));

    private XElement Examples() => new(
        Maml.Command + "examples",
        comments.Examples(command.ImplementingType).Select((example, index) => new XElement(
            Maml.Command + "example",
            new XElement(Maml.Text + "title", $"--- Example {index + 1}: {example.Title} ---"),
            new XElement(Maml.Dev + "code", example.Code),
            Maml.Paragraphs(Maml.Dev + "remarks", [.. example.Remarks, string.Empty]))));

    private XElement Links() => new(
        Maml.Command + "relatedLinks",
        comments.SeeAlso(command.ImplementingType).Append("about_GnnReRank").Select(text => new XElement(
            Maml.Text + "navigationLink", new XElement(Maml.Text + "linkText", text), new XElement(Maml.Text + "uri"))));
}
