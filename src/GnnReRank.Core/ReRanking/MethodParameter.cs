using System.Globalization;
using System.Reflection;

namespace GnnReRank;

/// <summary>One parameter of a method: its names, its range, and its value in some settings.</summary>
public sealed class MethodParameter
{
    private readonly PropertyInfo _property;
    private readonly MethodParameterAttribute _attribute;

    private MethodParameter(PropertyInfo property, MethodParameterAttribute attribute) => (_property, _attribute) = (property, attribute);

    /// <summary>The speaking name.</summary>
    public string Name => _attribute.Name ?? _property.Name;

    /// <summary>The property that holds it.</summary>
    public string PropertyName => _property.Name;

    /// <summary>The paper's name.</summary>
    public string Symbol => _attribute.Symbol;

    /// <summary>int, double, bool or an enumeration.</summary>
    public Type Type => Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;

    /// <summary>The least value of a number, allowed itself.</summary>
    public double Minimum => _attribute.Minimum;

    /// <summary>The largest value of a number, allowed itself.</summary>
    public double Maximum => _attribute.Maximum;

    /// <summary>Whether it counts rows, of which there may be fewer.</summary>
    public bool CountsRows => _attribute.CountsRows;

    /// <summary>What holds where it is not given, for people, if that is not a value.</summary>
    public string? Unset => _attribute.Unset;

    /// <summary>The values of a number that are worth trying; null where the method names none.</summary>
    public IReadOnlyList<double>? Grid => PublicList.Of<double>(_attribute.Grid);

    /// <summary>The parameters of a type of settings, in the order of their declaration.</summary>
    /// <param name="settings">A type of <see cref="MethodSettings"/>.</param>
    public static IReadOnlyList<MethodParameter> Of(Type settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return PublicList.Of<MethodParameter>(
        [
            .. from property in settings.GetProperties()
               let attribute = property.GetCustomAttribute<MethodParameterAttribute>()
               where attribute is not null
               orderby property.MetadataToken
               select new MethodParameter(property, attribute),
        ]);
    }

    /// <summary>Its value; null where it is not set.</summary>
    /// <param name="settings">The settings.</param>
    public object? ValueIn(MethodSettings settings) => _property.GetValue(settings);

    /// <summary>The settings with another value of it; they are not validated.</summary>
    /// <param name="settings">The settings, which stay as they are.</param>
    /// <param name="value">An int, double, bool or member of the enumeration, as <see cref="Type"/> says; null unsets it.</param>
    public MethodSettings With(MethodSettings settings, object? value)
    {
        MethodSettings changed = settings with { };
        _property.SetValue(changed, value);
        return changed;
    }

    /// <summary>A line for people: both names.</summary>
    public override string ToString() => Symbol.Equals(Name, StringComparison.OrdinalIgnoreCase) ? Name : $"{Name} ({Symbol})";

    /// <summary>The value as a word of a line for people; null where there is nothing to say.</summary>
    internal string? Describe(MethodSettings settings) => ValueIn(settings) switch
    {
        null => null,
        bool flag => flag ? Symbol : null,
        double number => string.Create(CultureInfo.InvariantCulture, $"{Symbol}={number:0.#####}"),
        object value => string.Create(CultureInfo.InvariantCulture, $"{Symbol}={value}"),
    };

    /// <exception cref="GnnReRankException">The value is outside its range.</exception>
    internal void Validate(MethodSettings settings)
    {
        if (ValueIn(settings) is not object value || value is bool or Enum)
        {
            if (_property.GetValue(settings) is Enum choice && !Enum.IsDefined(Type, choice))
            {
                throw Invalid(settings, $"it is one of {string.Join(", ", Enum.GetNames(Type))}");
            }

            return;
        }

        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number) || number < Minimum || number > Maximum)
        {
            string range = !double.IsFinite(number) ? "it must be a finite number" : (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
            {
                (true, true) => $"it must lie between {Text(Minimum)} and {Text(Maximum)}",
                (true, false) => $"it must be at least {Text(Minimum)}",
                (false, true) => $"it must be at most {Text(Maximum)}",
                _ => "it must be a finite number",
            };
            throw Invalid(settings, range);
        }
    }

    private static string Text(double number) => number.ToString("0.#####", CultureInfo.InvariantCulture);

    private GnnReRankException Invalid(MethodSettings settings, string expected) => new(
        $"Invalid{Name}", ErrorKind.InvalidArgument,
        string.Create(CultureInfo.InvariantCulture, $"{this} of {settings.Method} is {ValueIn(settings)}: {expected}."));
}
