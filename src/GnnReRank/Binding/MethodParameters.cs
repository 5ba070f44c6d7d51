using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using GnnReRank.Commands;

namespace GnnReRank.Binding;

/// <summary>The parameters of a method as parameters of a command, and the settings that those given make.</summary>
internal static class MethodParameters
{
    private static readonly string[] s_ofCommand =
    [
        .. Cmdlet.CommonParameters,
        .. typeof(InvokeReRankCommand).GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true))
            .Select(property => property.Name),
    ];

    /// <summary>One parameter for each of the method's.</summary>
    /// <param name="method">The method.</param>
    /// <param name="hidesCameras">
    /// Whether those of cameras are not offered. They are there still: the refusal says more than that there is no such
    /// parameter.
    /// </param>
    public static RuntimeDefinedParameterDictionary Of(ReRankMethodInfo method, bool hidesCameras = false)
    {
        RuntimeDefinedParameterDictionary parameters = [];
        foreach (MethodParameter parameter in method.Parameters)
        {
            bool isHidden = hidesCameras && parameter.Name.Contains("Camera", StringComparison.Ordinal);
            Collection<Attribute> attributes = AttributesOf(parameter, method, isHidden);
            parameters.Add(parameter.Name, new RuntimeDefinedParameter(parameter.Name, TypeOf(parameter), attributes));
        }

        return parameters;
    }

    /// <summary>The method's settings with those parameters that were given.</summary>
    public static MethodSettings Apply(ReRankMethodInfo method, RuntimeDefinedParameterDictionary given)
    {
        MethodSettings settings = method.Unset;
        foreach (MethodParameter parameter in method.Parameters)
        {
            if (given.TryGetValue(parameter.Name, out RuntimeDefinedParameter? value) && value.IsSet)
            {
                settings = parameter.With(settings, value.Value is SwitchParameter flag ? flag.IsPresent : value.Value);
            }
        }

        return settings;
    }

    /// <summary>What holds where a parameter is not given, for people.</summary>
    public static string DefaultOf(MethodParameter parameter, MethodSettings defaults) =>
        parameter.Unset ?? Convert.ToString(parameter.ValueIn(defaults), CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Whether the paper's name is an alias: not where a parameter of the command itself begins with it, which is bound first.</summary>
    public static bool IsAlias(MethodParameter parameter) =>
        !parameter.Symbol.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) &&
        !s_ofCommand.Any(name => name.StartsWith(parameter.Symbol, StringComparison.OrdinalIgnoreCase));

    private static Type TypeOf(MethodParameter parameter) => parameter.Type == typeof(bool) ? typeof(SwitchParameter) : parameter.Type;

    private static Collection<Attribute> AttributesOf(
        MethodParameter parameter, ReRankMethodInfo method, bool isHidden)
    {
        Collection<Attribute> attributes =
        [
            new ParameterAttribute { DontShow = isHidden },
            new PSDefaultValueAttribute { Help = DefaultOf(parameter, method.Defaults) },
        ];
        if (IsAlias(parameter))
        {
            attributes.Add(new AliasAttribute(parameter.Symbol));
        }

        if (parameter.Type == typeof(int) || parameter.Type == typeof(double))
        {
            attributes.Add(new ArgumentCompleterAttribute(typeof(MethodValueCompleter)));
        }

        return attributes;
    }
}
