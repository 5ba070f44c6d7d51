using System.Collections;
using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>The settings that an argument names: a method, its settings, a result that has some, or a hashtable as Invoke-ReRank takes it.</summary>
internal static class MethodChoice
{
    private const string MethodKey = "Method";

    /// <exception cref="GnnReRankException">The value names no method, or a parameter that the method does not have.</exception>
    public static MethodSettings Of(object? given) => FeatureValues.Unwrap(given) switch
    {
        MethodSettings settings => settings,
        ParameterTrial trial => trial.Settings,
        MethodResult result => result.Settings,
        ReRankMethod method => ReRankMethods.Of(method).Unset,
        IDictionary named => OfTable(named),
        string name => Named(name).Unset,
        object other => throw Errors.NotAMethod(other.ToString() ?? other.GetType().Name),
        null => throw Errors.NotAMethod("$null"),
    };

    private static ReRankMethodInfo Named(string name) => MethodName.Find(name) ?? throw Errors.NotAMethod(name);

    private static MethodSettings OfTable(IDictionary table)
    {
        Dictionary<string, object?> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            given[entry.Key.ToString()!] = FeatureValues.Unwrap(entry.Value);
        }

        ReRankMethodInfo method = given.Remove(MethodKey, out object? name) ? Named($"{name}") : throw Errors.NotAMethod("a hashtable without the key Method");
        MethodSettings settings = method.Unset;
        if (given.Remove(nameof(MethodSettings.CenterCamera), out object? centred))
        {
            settings = settings with { CenterCamera = LanguagePrimitives.IsTrue(centred) };
        }

        if (given.Remove(nameof(RankingSettings.QueryMode), out object? mode))
        {
            settings = settings with { QueryMode = ModeOf(mode) };
        }

        foreach ((string key, object? value) in given)
        {
            MethodParameter parameter = method.Parameters.FirstOrDefault(known => IsNamed(known, key)) ?? throw Errors.NotAParameter(key, method);
            settings = LanguagePrimitives.TryConvertTo(value, parameter.Type, out object? converted)
                ? parameter.With(settings, converted)
                : throw Errors.NotAValue(value, parameter, method);
        }

        settings.Validate();
        return settings;
    }

    private static QueryMode ModeOf(object? value) =>
        LanguagePrimitives.TryConvertTo(value, out QueryMode mode) && Enum.IsDefined(mode)
            ? mode
            : throw Errors.NotAQueryMode(value);

    private static bool IsNamed(MethodParameter parameter, string name) =>
        parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || parameter.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase);
}
