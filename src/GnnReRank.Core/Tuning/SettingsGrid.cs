using System.Globalization;
using GnnReRank.Running;

namespace GnnReRank.Tuning;

/// <summary>
/// The settings of a method that are tried: its defaults, then some drawn from all combinations of its parameters' values. Values are those
/// that the parameter names, or else a few around its default, by its type; so a new method needs to say nothing.
/// </summary>
internal static class SettingsGrid
{
    // All combinations of this many are looked at in a random order; of more, some are drawn.
    private const int MostListed = 4096;

    // Draws for each place that is left: most combinations of most methods are valid.
    private const int DrawsPerPlace = 20;

    private const int Stream = 16;

    /// <summary>At most <paramref name="budget"/> settings, the defaults first, all of them valid and different for so many rows.</summary>
    public static IReadOnlyList<MethodSettings> Of(ReRankMethodInfo method, int budget, int seed, int vertexCount)
    {
        (MethodParameter Parameter, object?[] Values)[] axes =
            [.. method.Parameters.Select(parameter => (parameter, ValuesOf(parameter, method.Defaults))).Where(axis => axis.Item2.Length > 1)];
        List<MethodSettings> tried = [method.Defaults.FitTo(vertexCount)];
        HashSet<MethodSettings> known = [tried[0]];
        foreach (long combination in Combinations(axes.Aggregate(1.0, (count, axis) => count * axis.Values.Length), budget, seed, method.Method))
        {
            if (tried.Count >= budget)
            {
                break;
            }

            if (Made(method.Defaults, axes, combination, vertexCount) is MethodSettings made && known.Add(made))
            {
                tried.Add(made);
            }
        }

        return tried;
    }

    /// <summary>The values of a parameter that are tried; its default alone where nothing says which others might do.</summary>
    internal static object?[] ValuesOf(MethodParameter parameter, MethodSettings defaults)
    {
        object? usual = parameter.ValueIn(defaults);
        if (parameter.Type.IsEnum)
        {
            return [.. Enum.GetValues(parameter.Type).Cast<object>()];
        }

        if (parameter.Type != typeof(int) && parameter.Type != typeof(double))
        {
            return [usual];
        }

        IEnumerable<double> values = parameter.Grid ?? (usual is null ? [] : Around(parameter, Convert.ToDouble(usual, CultureInfo.InvariantCulture)));
        IEnumerable<object?> allowed = values
            .Where(value => value >= parameter.Minimum && value <= parameter.Maximum)
            .Select(value => parameter.Type == typeof(int) ? (object)(int)Math.Round(value) : value);
        return [.. allowed.Prepend(usual).Distinct()];
    }

    /// <summary>Counts of rows and weights go by factors of two, short counts by steps.</summary>
    private static double[] Around(MethodParameter parameter, double usual) => parameter switch
    {
        { CountsRows: true } => [Math.Ceiling(usual / 4), Math.Ceiling(usual / 2), usual, 2 * usual],
        { Type: Type type } when type == typeof(int) => [usual - 1, usual, usual + 1],
        _ when usual == 0 => double.IsFinite(parameter.Maximum) ? [0, parameter.Maximum / 4] : [0],
        { Minimum: 0, Maximum: 1 } when usual > 0.5 => [usual, 1 - ((1 - usual) * 2), 1 - ((1 - usual) / 2)],
        _ => [usual / 2, usual, 2 * usual],
    };

    private static IEnumerable<long> Combinations(double count, int budget, int seed, ReRankMethod method)
    {
        int stream = Stream + (int)method;
        if (count <= MostListed)
        {
            return RandomOrder.Of(Enumerable.Range(0, (int)count).Select(combination => (long)combination), seed, stream);
        }

        SplitMix64 random = SplitMix64.ForSample(seed, stream);
        ulong drawn = (ulong)Math.Min(count, long.MaxValue);
        long[] draws = new long[(int)Math.Min((long)budget * DrawsPerPlace, MostListed)];
        for (int draw = 0; draw < draws.Length; draw++)
        {
            draws[draw] = (long)(random.Next() % drawn);
        }

        return draws;
    }

    private static MethodSettings? Made(
        MethodSettings defaults, (MethodParameter Parameter, object?[] Values)[] axes, long combination, int vertexCount)
    {
        MethodSettings made = defaults;
        foreach ((MethodParameter parameter, object?[] values) in axes)
        {
            made = parameter.With(made, values[combination % values.Length]);
            combination /= values.Length;
        }

        try
        {
            return made.FitTo(vertexCount);
        }
        catch (GnnReRankException)
        {
            // Two values that do not go together, such as a k2 beyond k1.
            return null;
        }
    }
}
