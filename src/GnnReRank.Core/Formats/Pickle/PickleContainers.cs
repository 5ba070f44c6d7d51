namespace GnnReRank.Formats.Pickle;

/// <summary>Lists, dictionaries and sets as they fill.</summary>
internal static class PickleContainers
{
    public static Dictionary<object, object?> NewDictionary() => new(PickleKeys.Comparer);

    public static HashSet<object> NewSet() => new(PickleKeys.Comparer);

    /// <exception cref="GnnReRankException">The target is no list.</exception>
    public static void Append(object?[] items, object? target, PickleSite site)
    {
        if (target is not List<object?> list)
        {
            throw site.Corrupt("it needs a list to append to.");
        }

        list.AddRange(items);
    }

    /// <exception cref="GnnReRankException">The target is no dictionary, or a key without a value is left.</exception>
    public static Dictionary<object, object?> Set(object?[] items, object? target, PickleSite site)
    {
        if (target is not Dictionary<object, object?> dictionary)
        {
            throw site.Corrupt("it needs a dictionary to set items of.");
        }

        if (items.Length % 2 != 0)
        {
            throw site.Corrupt("a key is left without a value.");
        }

        for (int index = 0; index < items.Length; index += 2)
        {
            dictionary[PickleKeys.Require(items[index], site)] = items[index + 1];
        }

        return dictionary;
    }

    /// <exception cref="GnnReRankException">The target is no set.</exception>
    public static HashSet<object> Add(object?[] items, object? target, PickleSite site)
    {
        if (target is not HashSet<object> set)
        {
            throw site.Corrupt("it needs a set to add to.");
        }

        foreach (object? item in items)
        {
            set.Add(PickleKeys.Require(item, site));
        }

        return set;
    }
}
