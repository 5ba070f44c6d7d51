using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace GnnReRank.Help;

/// <summary>
/// Reads the methods from the engine that the module has loaded. This program knows no type of it, as it knows none of the module, so it
/// asks by name.
/// </summary>
internal sealed class MethodReader(SourceComments engine)
{
    /// <param name="methods">What GnnReRank.ReRankMethods.All gives.</param>
    /// <param name="reserved">The parameters of the command itself, which are bound first: what begins one of them is no alias.</param>
    public IReadOnlyList<MethodFacts> Read(IEnumerable<PSObject> methods, IReadOnlyCollection<string> reserved) =>
        [.. methods.Select(method => Method(method, reserved))];

    private MethodFacts Method(PSObject method, IReadOnlyCollection<string> reserved)
    {
        object defaults = Value(method, "Defaults");
        return new MethodFacts(
            $"{Value(method, "Method")}", $"{Value(method, "Description")}", $"{Value(method, "Source")}",
            [.. ((IEnumerable)Value(method, "Parameters")).Cast<object>().Select(parameter => Parameter(PSObject.AsPSObject(parameter), defaults, reserved))]);
    }

    private MethodParameterFacts Parameter(PSObject parameter, object defaults, IReadOnlyCollection<string> reserved)
    {
        Type type = (Type)Value(parameter, "Type");
        string name = $"{Value(parameter, "Name")}";
        string symbol = $"{Value(parameter, "Symbol")}";
        object? usual = parameter.Methods["ValueIn"].Invoke(defaults);
        string text = engine.Summary(defaults.GetType().GetProperty($"{Value(parameter, "PropertyName")}")!);
        return new MethodParameterFacts(
            name,
            symbol.Equals(name, StringComparison.OrdinalIgnoreCase) || Begins(symbol, reserved) ? null : symbol,
            type == typeof(bool) ? "switch" : TypeNames.Short(type),
            type.IsEnum ? Enum.GetNames(type) : [],
            parameter.Properties["Unset"].Value as string ?? Convert.ToString(usual, CultureInfo.InvariantCulture) ?? "none",
            RangeOf((double)Value(parameter, "Minimum"), (double)Value(parameter, "Maximum")),
            text);
    }

    private static bool Begins(string symbol, IEnumerable<string> names) =>
        names.Any(name => name.StartsWith(symbol, StringComparison.OrdinalIgnoreCase));

    private static string RangeOf(double least, double most) => (double.IsFinite(least), double.IsFinite(most)) switch
    {
        (true, true) => FormattableString.Invariant($"{least} to {most}"),
        (true, false) => FormattableString.Invariant($"at least {least}"),
        (false, true) => FormattableString.Invariant($"at most {most}"),
        _ => string.Empty,
    };

    private static object Value(PSObject holder, string property) => holder.Properties[property].Value;
}
