using System.Collections;
using System.Globalization;

namespace GnnReRank;

/// <summary>A method and its parameters by name, without regard to case: a hashtable that a shell can splat.</summary>
public sealed class ParameterTable : Hashtable
{
    internal ParameterTable(MethodSettings settings)
        : base(StringComparer.OrdinalIgnoreCase)
    {
        this["Method"] = ReRankMethods.Of(settings).Method.ToString();
        foreach (MethodParameter parameter in settings.Parameters)
        {
            if (parameter.ValueIn(settings) is object value)
            {
                this[parameter.Name] = value is Enum ? value.ToString() : value;
            }
        }

        if (settings.CenterCamera)
        {
            this[nameof(MethodSettings.CenterCamera)] = true;
        }
    }

    /// <summary>The names with their values, in the order of the names.</summary>
    public override string ToString() => string.Join(
        ' ', Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}={this[name]}")));
}
