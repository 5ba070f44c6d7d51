using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace GnnReRank.Binding;

/// <summary>Reads numbers out of what scripts hold: typed arrays, lists, arrays of objects.</summary>
internal static class FeatureValues
{
    /// <summary>The .NET object behind what PowerShell hands over.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The rows a bare object holds: itself, or each of its rows where it is two-dimensional or a list of lists.</summary>
    public static IEnumerable<object?> RowsOf(object? value)
    {
        return value switch
        {
            Array { Rank: 2 } table => Enumerable.Range(0, table.GetLength(0)).Select(row => RowOf(table, row)),
            IList list when list.Count > 0 && IsList(Unwrap(list[0])) => list.Cast<object?>(),
            _ => [value],
        };
    }

    /// <summary>One row of features.</summary>
    /// <param name="value">A list of numbers.</param>
    /// <param name="number">1-based number of the object, for messages.</param>
    /// <exception cref="GnnReRankException">The value is no list, or an element of it is no number.</exception>
    public static float[] ToRow(object? value, long number)
    {
        switch (value)
        {
            case float[] exact:
                return [.. exact];
            case double[] doubles:
                return Array.ConvertAll(doubles, element => (float)element);
            case Array { Rank: > 1 }:
            case null:
            case string:
            case not IEnumerable:
                throw Errors.BadObject(
                    "NotARow", number,
                    $"is {Described(value)}, and a row of numbers is needed. PowerShell takes arrays apart in a pipeline: " +
                    "pipe a list of rows, put a comma before a single one (,$row), or name the property with -Property.");
        }

        List<float> row = [];
        foreach (object? element in (IEnumerable)value)
        {
            row.Add(ToNumber(element, number, row.Count));
        }

        return [.. row];
    }

    /// <summary>A whole number within the given bounds.</summary>
    public static bool TryWhole(object? value, long least, long most, out long whole)
    {
        whole = 0;
        object? bare = Unwrap(value);
        if (IsBlank(bare) || bare is bool ||
            !LanguagePrimitives.TryConvertTo(bare, CultureInfo.InvariantCulture, out decimal number) ||
            number != decimal.Truncate(number) || number < least || number > most)
        {
            return false;
        }

        whole = (long)number;
        return true;
    }

    /// <summary>A value for a message: what it is, and its text where that is short.</summary>
    public static string Described(object? value) => value switch
    {
        null => "empty",
        string text => $"the text '{(text.Length > 40 ? text[..40] + "..." : text)}'",
        IFormattable plain => $"{plain.ToString(null, CultureInfo.InvariantCulture)} ({value.GetType().Name})",
        _ => $"of type {value.GetType().Name}",
    };

    private static float ToNumber(object? element, long number, int position)
    {
        object? bare = Unwrap(element);
        return !IsBlank(bare) && LanguagePrimitives.TryConvertTo(bare, CultureInfo.InvariantCulture, out float converted)
            ? converted
            : throw Errors.BadObject(
                "NotANumber", number, $"is {Described(bare)} at position {position} (0-based): every feature must be a number.");
    }

    // PowerShell converts null and '' to 0, which would hide a gap in the data.
    private static bool IsBlank(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    private static bool IsList(object? value) => value is IList;

    private static Array RowOf(Array table, int row) => table switch
    {
        { Length: 0 } => Array.Empty<float>(),
        float[,] exact => MemoryMarshal.CreateReadOnlySpan(ref exact[row, 0], exact.GetLength(1)).ToArray(),
        double[,] doubles => MemoryMarshal.CreateReadOnlySpan(ref doubles[row, 0], doubles.GetLength(1)).ToArray(),
        _ => Enumerable.Range(0, table.GetLength(1)).Select(column => table.GetValue(row, column)).ToArray(),
    };
}
