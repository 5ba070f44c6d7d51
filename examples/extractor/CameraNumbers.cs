using System.Globalization;

namespace GnnReRank.Extractor;

/// <summary>Cameras as numbers, which is all that protocols compare.</summary>
internal static class CameraNumbers
{
    /// <summary>The number of each camera: its own where all are numbers, else its place among the names.</summary>
    /// <param name="cameras">The camera of each picture.</param>
    /// <param name="known">All names in the order of their numbers; empty takes those of this run.</param>
    /// <param name="tell">Takes a line for people: names got numbers that another run may give to others.</param>
    /// <exception cref="ExtractionException">A camera is not among those known.</exception>
    public static int[] Of(IReadOnlyList<string> cameras, IReadOnlyList<string> known, Action<string> tell)
    {
        if (known.Count == 0 && cameras.All(camera => TryNumber(camera, out _)))
        {
            return [.. cameras.Select(camera => TryNumber(camera, out int number) ? number : 0)];
        }

        string[] names = known.Count > 0 ? [.. known] : [.. cameras.Distinct().Order(StringComparer.Ordinal)];
        string all = string.Join(',', names);
        if (cameras.Except(names).FirstOrDefault() is string stranger)
        {
            throw new ExtractionException(
                $"The camera '{stranger}' is not among --cameras {all}. Add it there, or mend --pattern.");
        }

        tell($"Cameras: {string.Join(", ", names.Select((name, number) => $"{number} {name}"))}.");
        if (known.Count == 0)
        {
            tell($"Another run may number others: take all pictures in one, or give --cameras {all} in each.");
        }

        return [.. cameras.Select(camera => Array.IndexOf(names, camera))];
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
