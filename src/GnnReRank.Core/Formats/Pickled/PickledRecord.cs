using GnnReRank.Formats.Pickle;

namespace GnnReRank.Formats.Pickled;

/// <summary>A record as scripts write it: a tuple or a list, whose parts have places, or a dictionary, whose parts have names.</summary>
internal static class PickledRecord
{
    // No record of a row has as many parts: a longer list is a vector or a table.
    private const int MostParts = 64;

    /// <summary>The keys of the parts of records: whole numbers, or the texts that any of the dictionaries has; null where the first is no record.</summary>
    /// <param name="records">The records, some of which may be missing.</param>
    /// <param name="cancellation">Stops the look at them.</param>
    public static IReadOnlyList<object>? Keys(IReadOnlyList<object?> records, CancellationToken cancellation) => records.FirstOrDefault(record => record is not null) switch
    {
        IReadOnlyList<object?> { Count: > 1 and <= MostParts } parts => [.. Enumerable.Range(0, parts.Count).Cast<object>()],
        Dictionary<object, object?> { Count: > 0 and <= MostParts } => Names(records, cancellation),
        _ => null,
    };

    /// <summary>A part of a record; null where it has none of that key.</summary>
    public static object? Part(object? record, object key) => (record, key) switch
    {
        (IReadOnlyList<object?> parts, int place) => place < parts.Count ? PickledArray.Unwrapped(parts[place]) : null,
        (Dictionary<object, object?> parts, string name) => PickledArray.Unwrapped(parts.GetValueOrDefault(name)),
        _ => null,
    };

    /// <summary>Whether a record can be one of those that have these keys.</summary>
    public static bool IsLike(object? record, IReadOnlyList<object> keys) => record switch
    {
        IReadOnlyList<object?> parts => keys[0] is int && parts.Count == keys.Count,
        Dictionary<object, object?> => keys[0] is string,
        _ => false,
    };

    private static List<object>? Names(IReadOnlyList<object?> records, CancellationToken cancellation)
    {
        List<object> names = [];
        HashSet<string> known = [];
        foreach (Dictionary<object, object?> record in records.OfType<Dictionary<object, object?>>())
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (object key in record.Keys)
            {
                if (key is not string name || (known.Add(name) && known.Count > MostParts))
                {
                    return null;
                }

                if (known.Count > names.Count)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}
