using System.Globalization;
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
    public IEnumerable<CommandParameterInfo> InOrder(CommandParameterSetInfo set) => set.Parameters
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !parameter.IsDynamic)
        .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
        .ThenByDescending(IsRequired)
        .ThenBy(Generality)
        .ThenBy(parameter => s_optionalCommon.ContainsKey(parameter.Name));

    public XElement ToSyntax(CommandParameterInfo parameter) => Element(parameter, ChoiceGroup(parameter));

    public XElement ToDetails(CommandParameterInfo parameter) => Element(
        parameter,
        Maml.Type(TypeNames.Short(parameter.ParameterType)),
        new XElement(Maml.Dev + "defaultValue", DefaultValue(parameter)));

    /// <summary>The same under an alias, for Get-Help -Parameter, which knows names alone.</summary>
    public IEnumerable<XElement> ToAliases(CommandParameterInfo parameter) => s_optionalCommon.ContainsKey(parameter.Name) ? [] : parameter.Aliases.Select(alias =>
    {
        XElement element = ToDetails(parameter);
        element.SetAttributeValue("aliases", parameter.Name);
        element.Element(Maml.Text + "name")!.Value = alias;
        element.Element(Maml.Text + "description")!.Element(Maml.Text + "para")!.Value = $"Alias of -{parameter.Name}. {Description(parameter)}";
        return element;
    });

    private XElement Element(CommandParameterInfo parameter, params object?[] more) => new(
        Maml.Command + "parameter",
        new XAttribute("required", IsRequired(parameter) ? "true" : "false"),
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

    /// <summary>The values to choose from: those of a set, else all of an enumeration; none where any value will do.</summary>
    public static string[] Choices(CommandParameterInfo parameter)
    {
        string[] set = [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(allowed => allowed.ValidValues)];
        Type type = TypeNames.Underlying(parameter.ParameterType);
        return set.Length == 0 && type.IsEnum ? Enum.GetNames(type) : set;
    }

    private static XElement? ChoiceGroup(CommandParameterInfo parameter) => Choices(parameter) is { Length: > 0 } choices
        ? new XElement(
            Maml.Command + "parameterValueGroup",
            choices.Select(name => new XElement(
                Maml.Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), name)))
        : null;

    private static string PipelineInput(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>
    /// Whether the command cannot do without: mandatory, or marked as needed, which the command itself says, and of the pipeline or by
    /// name alone.
    /// </summary>
    public static bool IsRequired(CommandParameterInfo parameter) => parameter.IsMandatory || parameter.Attributes.Any(attribute =>
        attribute.GetType().GetInterface("GnnReRank.Binding.INeed") is Type need &&
        (parameter.ValueFromPipeline || need.GetProperty("IsByName")!.GetValue(attribute) is true));

    /// <summary>What holds where the parameter is not given: as stated, else the value that a new command has.</summary>
    /// <exception cref="InvalidOperationException">An optional parameter has no value then, and nothing says what happens.</exception>
    public string DefaultValue(CommandParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(SwitchParameter))
        {
            return "False";
        }

        PSDefaultValueAttribute? stated = parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault();
        return stated?.Help ?? stated?.Value?.ToString() ?? (IsRequired(parameter) ? "None" : ValueOfNew(parameter));
    }

    private string ValueOfNew(CommandParameterInfo parameter)
    {
        object? value = command.ImplementingType.GetProperty(parameter.Name)!.GetValue(Activator.CreateInstance(command.ImplementingType));
        string text = value is null or Array ? string.Empty : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return text.Length > 0
            ? text
            : throw new InvalidOperationException($"{command.Name} -{parameter.Name} has no default: say what happens without it, with [PSDefaultValue(Help = ...)].");
    }

    /// <summary>
    /// Where a parameter stands among those without a position: first the command's own, then, of those it inherits, the more general
    /// before what adds to them; last, how a call runs.
    /// </summary>
    private int Generality(CommandParameterInfo parameter)
    {
        Type? declaring = command.ImplementingType.GetProperty(parameter.Name)?.DeclaringType;
        if (declaring is null || parameter.Name == "ThrottleLimit")
        {
            return int.MaxValue;
        }

        int bases = 0;
        for (Type? type = declaring; type is not null; type = type.BaseType)
        {
            bases++;
        }

        return declaring == command.ImplementingType ? 0 : bases;
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
