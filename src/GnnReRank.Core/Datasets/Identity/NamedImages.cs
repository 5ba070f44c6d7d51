using System.Globalization;
using System.Text.RegularExpressions;

namespace GnnReRank.Datasets.Identity;

/// <summary>Images whose file names say their identity and camera.</summary>
internal static class NamedImages
{
    private const int Shown = 3;

    /// <summary>Takes the names that fit; a warning tells of the others.</summary>
    /// <param name="names">The images' names.</param>
    /// <param name="pattern">Finds the identity (group 1) and the camera (group 2) in a file name.</param>
    /// <param name="where">What the names come from, for messages.</param>
    /// <param name="warnings">Takes the warning.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GnnReRankException">No name fits.</exception>
    public static DatasetImage[] Parse(IReadOnlyList<string> names, Regex pattern, string where, List<string> warnings, CancellationToken cancellation)
    {
        List<DatasetImage> images = new(names.Count);
        List<string> others = [];
        foreach (string name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            Match match = pattern.Match(name, name.LastIndexOf('/') + 1);
            if (match.Success &&
                long.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long label) &&
                int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int camera))
            {
                images.Add(new DatasetImage(name, label, camera));
            }
            else
            {
                others.Add(name);
            }
        }

        string shown = string.Join(", ", others.Take(Shown).Select(name => $"'{name}'")) + (others.Count > Shown ? ", ..." : string.Empty);
        if (images.Count == 0)
        {
            throw new GnnReRankException(
                "DatasetNamesDoNotFit", ErrorKind.InvalidData,
                $"No image of '{where}' has a name that says its identity and camera ({pattern}): {shown}. Give the data set as it is published.");
        }

        if (others.Count > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"{others.Count:N0} images of '{where}' are passed over, since their names do not say an identity and a camera: {shown}."));
        }

        return [.. images];
    }
}
