using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Pickled;

namespace GnnReRank.Formats.Npz;

/// <summary>
/// Archives of nothing but Python objects, such as numpy.savez makes of dictionaries: read as the pickles they are, where these hold
/// tables and not single columns.
/// </summary>
internal static class NpzObjects
{
    private const int MostMembers = 8;

    /// <summary>The arrays within the objects, or the archive itself where its members are the arrays.</summary>
    /// <param name="file">The archive; disposed of where it is not given back.</param>
    /// <param name="options">What to take.</param>
    /// <exception cref="GnnReRankException">The objects hold no table, or are damaged.</exception>
    public static IArrayFile Expanded(NpzFile file, FeatureReadOptions options)
    {
        if (file.Names.Count is 0 or > MostMembers || !file.Names.All(file.HoldsObjects))
        {
            return file;
        }

        PickledData[] objects = [.. file.Names.Select(file.Objects)];
        object?[] roots = [.. objects.Select(data => PickledArray.Unwrapped(data.Root))];
        if (!roots.Any(IsTable))
        {
            return file;
        }

        Dictionary<object, object?> members = PickleContainers.NewDictionary();
        foreach ((string name, object? root) in file.Names.Zip(roots))
        {
            members.Add(name, root);
        }

        PickledData joined = new(file.Path, roots.Length == 1 ? roots[0] : members, objects.Sum(data => data.Length), file);
        return PickledArrays.Of(joined, nameof(FeatureFormat.Npz), options);
    }

    private static bool IsTable(object? root) =>
        root is Dictionary<object, object?> || (root is IReadOnlyList<object?> { Count: > 0 } rows && IsRecord(rows[0]));

    private static bool IsRecord(object? row) => row is Dictionary<object, object?>
        || (row is IReadOnlyList<object?> parts && parts.Any(part => part is PickledArray or IReadOnlyList<object?>));
}
