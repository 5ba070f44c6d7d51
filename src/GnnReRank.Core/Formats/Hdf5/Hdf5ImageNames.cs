using System.Runtime.InteropServices;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The datasets of a file that has one for each image, or a group with one for each.</summary>
/// <param name="Array">The name by which the features are asked for.</param>
/// <param name="Datasets">The datasets by their images, in ordinal order of these.</param>
internal sealed record Hdf5ImageNames(string Array, IReadOnlyList<(string Image, string Dataset)> Datasets)
{
    private const string Features = "features";
    private const char Separator = '/';

    // hloc writes the first, and the size of the picture beside it.
    private static readonly string[] s_usual = ["global_descriptor", .. UsualNames.Features];
    private static readonly string[] s_others = [.. UsualNames.Features, .. UsualNames.Labels, .. UsualNames.Cameras, .. UsualNames.Names];

    /// <summary>Finds them; null where the file is of another kind.</summary>
    /// <exception cref="InvalidDataException">A dataset is damaged.</exception>
    public static Hdf5ImageNames? Find(Hdf5File file, FeatureReadOptions options)
    {
        if (options.FeatureColumns is { Count: > 1 })
        {
            return null;
        }

        IReadOnlyList<string> names = file.Names;
        string? given = options.FeatureColumns is [string one] ? one : null;
        if (given is not null && names.Contains(given, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        (string Image, string Dataset)[]? found = given is not null ? Within(names, given) : InGroups(names) ?? Whole(names);
        if (found is not { Length: > 1 } || found.Any(image => file.Vector(image.Dataset) is null))
        {
            return null;
        }

        System.Array.Sort(found, (left, right) => string.CompareOrdinal(left.Image, right.Image));
        return new Hdf5ImageNames(given ?? Features, found);
    }

    private static (string Image, string Dataset)[] Within(IEnumerable<string> names, string last) =>
        [.. names.Where(name => name.EndsWith(Separator + last, StringComparison.OrdinalIgnoreCase)).Select(name => (name[..^(last.Length + 1)], name))];

    // Other datasets may lie beside them, in the groups of the images.
    private static (string Image, string Dataset)[]? InGroups(IReadOnlyList<string> names)
    {
        Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names.Where(name => name.Contains(Separator)))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, LastPart(name), out _)++;
        }

        return s_usual.FirstOrDefault(usual => counts.GetValueOrDefault(usual) > 1) is string last ? Within(names, last) : null;
    }

    // All of the file. A name that all share, and that is no file's, is not the image's: its group's is.
    private static (string Image, string Dataset)[]? Whole(IReadOnlyList<string> names)
    {
        if (names.Count < 2)
        {
            return null;
        }

        string last = LastPart(names[0]);
        if (!last.Contains('.') && names.All(name => name.EndsWith(Separator + last, StringComparison.Ordinal)))
        {
            return Within(names, last);
        }

        return names.Any(name => s_others.Contains(LastPart(name), StringComparer.OrdinalIgnoreCase)) ? null : [.. names.Select(name => (name, name))];
    }

    private static string LastPart(string name) => name[(name.LastIndexOf(Separator) + 1)..];
}
