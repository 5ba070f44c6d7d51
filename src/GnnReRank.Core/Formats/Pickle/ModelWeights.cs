namespace GnnReRank.Formats.Pickle;

/// <summary>Tells the parameters of a model from vectors by name: both are dictionaries of arrays.</summary>
internal static class ModelWeights
{
    private static readonly string[] s_endings = [".weight", ".bias", ".running_mean", ".running_var", ".num_batches_tracked"];

    /// <summary>Whether at least half of the names are those that torch gives to parameters.</summary>
    public static bool Are(Dictionary<object, object?> dictionary)
    {
        int found = dictionary.Keys.OfType<string>().Count(name => s_endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)));
        return found > 0 && found >= dictionary.Count - found;
    }
}
