namespace GnnReRank.Formats.Pickle;

/// <summary>A record as scripts write it: a tuple or a list, whose parts have places, or a dictionary, whose parts have names.</summary>
internal static class PickledRecord
{
    // No record of a row has as many parts: a longer list is a vector or a table.
    private const int MostParts = 64;

    /// <summary>The keys of a record's parts: whole numbers or texts; null where the value is no record.</summary>
    public static IReadOnlyList<object>? Keys(object? value) => value switch
    {
        IReadOnlyList<object?> { Count: > 1 and <= MostParts } parts => [.. Enumerable.Range(0, parts.Count).Cast<object>()],
        Dictionary<object, object?> { Count: > 0 and <= MostParts } parts when parts.Keys.All(key => key is string) => [.. parts.Keys],
        _ => null,
    };

    /// <summary>A part of a record; null where it has none of that key.</summary>
    public static object? Part(object? record, object key) => (record, key) switch
    {
        (IReadOnlyList<object?> parts, int place) => place < parts.Count ? parts[place] : null,
        (Dictionary<object, object?> parts, string name) => parts.GetValueOrDefault(name),
        _ => null,
    };

    /// <summary>Whether a record has parts of the same keys as another, at least.</summary>
    public static bool IsLike(object? record, IReadOnlyList<object> keys) => record switch
    {
        IReadOnlyList<object?> parts => keys[0] is int && parts.Count == keys.Count,
        Dictionary<object, object?> parts => keys[0] is string && keys.All(parts.ContainsKey),
        _ => false,
    };
}
