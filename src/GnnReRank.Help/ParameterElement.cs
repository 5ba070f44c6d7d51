using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>The parameters of one command, in a syntax line and in detail.</summary>
internal sealed class ParameterElement(CmdletInfo command, SourceComments comments)
{
    /// <summary>What SupportsShouldProcess adds; the engine gives these no description.</summary>
    private static readonly Dictionary<string, string> s_optionalCommon = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Show what would happen, and write nothing.",
        ["Confirm"] = "Ask before anything is written.",
    };

    /// <summary>A set's own parameters as a syntax line has them: by position, then required, then the rest.</summary>
    public static IEnumerable<CommandParameterInfo> InOrder(CommandParameterSetInfo set) => set.Parameters
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
        .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
        .ThenByDescending(parameter => parameter.IsMandatory)
        .ThenBy(parameter => s_optionalCommon.ContainsKey(parameter.Name));

    public XElement ToSyntax(CommandParameterInfo parameter) => Element(parameter, ChoiceGroup(parameter));

    public XElement ToDetails(CommandParameterInfo parameter) => Element(
        parameter,
        Maml.Type(TypeNames.Short(parameter.ParameterType)),
        new XElement(Maml.Dev + "defaultValue", DefaultValue(parameter)));

    private XElement Element(CommandParameterInfo parameter, params object?[] more) => new(
        Maml.Command + "parameter",
        new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
        new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
        new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false"),
        new XAttribute("pipelineInput", PipelineInput(parameter)),
        new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString()),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Maml.Text + "name", parameter.Name),
        Maml.Paragraphs(Maml.Text + "description", [Description(parameter)]),
        Value(parameter),
        more);

    /// <summary>A switch has no value to show.</summary>
    private static XElement? Value(CommandParameterInfo parameter) => parameter.ParameterType == typeof(SwitchParameter)
        ? null
        : new XElement(
            Maml.Command + "parameterValue",
            new XAttribute("required", "true"),
            new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
            TypeNames.Short(parameter.ParameterType));

    private static XElement? ChoiceGroup(CommandParameterInfo parameter)
    {
        Type type = TypeNames.Underlying(parameter.ParameterType);
        return type.IsEnum
            ? new XElement(
                Maml.Command + "parameterValueGroup",
                Enum.GetNames(type).Select(name => new XElement(
                    Maml.Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), name)))
            : null;
    }

    private static string PipelineInput(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    public static string DefaultValue(CommandParameterInfo parameter)
    {
        PSDefaultValueAttribute? stated = parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault();
        string none = parameter.ParameterType == typeof(SwitchParameter) ? "False" : "None";
        return stated?.Help ?? stated?.Value?.ToString() ?? none;
    }

    public string Description(CommandParameterInfo parameter)
    {
        if (s_optionalCommon.TryGetValue(parameter.Name, out string? text))
        {
            return text;
        }

        PropertyInfo property = command.ImplementingType.GetProperty(parameter.Name)
            ?? throw new InvalidOperationException($"{command.Name} -{parameter.Name} is no property of {command.ImplementingType}.");
        return comments.Summary(property);
    }
}
