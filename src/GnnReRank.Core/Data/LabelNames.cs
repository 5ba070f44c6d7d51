using System.Collections.ObjectModel;
using System.Globalization;

namespace GnnReRank;

/// <summary>The texts that labels were, by the numbers that stand for them.</summary>
internal static class LabelNames
{
    /// <summary>The label for people: its text, or else its number.</summary>
    public static string TextOf(ReadOnlyDictionary<long, string>? names, long label) =>
        names is not null && names.TryGetValue(label, out string? text) ? text : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>The texts of several matrices together; null where none has any.</summary>
    /// <exception cref="GnnReRankException">One number stands for two texts.</exception>
    public static ReadOnlyDictionary<long, string>? Merged(IEnumerable<FeatureMatrix> matrices)
    {
        ReadOnlyDictionary<long, string>[] known = [.. matrices.Select(matrix => matrix.LabelNames).OfType<ReadOnlyDictionary<long, string>>().Distinct()];
        if (known.Length < 2)
        {
            return known.FirstOrDefault();
        }

        Dictionary<long, string> all = [];
        foreach ((long number, string text) in known.SelectMany(names => names))
        {
            if (!all.TryAdd(number, text) && all[number] != text)
            {
                throw Collide(number, all[number], text);
            }
        }

        return all.AsReadOnly();
    }

    /// <summary>The error of two texts with one number: too rare to be met, and yet not left to chance.</summary>
    public static GnnReRankException Collide(long number, string first, string second) => new(
        "LabelsCollide", ErrorKind.InvalidData,
        $"The labels '{first}' and '{second}' have the same number, {number}: rename one of them, or number the classes 0, 1, ...");
}
