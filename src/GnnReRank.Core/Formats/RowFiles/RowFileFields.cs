using System.Globalization;

namespace GnnReRank.Formats.RowFiles;

/// <summary>Refuses lists with several fields a line, such as 'a.jpg 0', which would pass for as many texts.</summary>
internal static class RowFileFields
{
    private const int Shown = 40;

    // As they are looked for: what seldom stands in a label or a name first.
    private static readonly (char Mark, string Name)[] s_separators = [('\t', "tabs"), (';', "semicolons"), (',', "commas"), (' ', "blanks")];

    /// <summary>Checks that lines hold one value each.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="lines">Its lines, without the white space at their ends.</param>
    /// <param name="areNames">Whether names of images are wanted, which may hold commas and blanks before their ending.</param>
    /// <exception cref="GnnReRankException">They seem to hold several.</exception>
    public static void Check(string path, IReadOnlyList<string> lines, bool areNames)
    {
        foreach ((char mark, string name) in s_separators)
        {
            int count = lines.Count == 0 ? 0 : lines[0].Split(mark).Length;
            if (count > 1 && lines.All(line => line.AsSpan().Count(mark) == count - 1) && AreFields(lines, mark, count, areNames))
            {
                throw new GnnReRankException(
                    "SeveralValuesInALine", ErrorKind.InvalidData,
                    $"'{path}': each line holds {count.ToString("N0", CultureInfo.InvariantCulture)} fields separated by {name} ('{(lines[^1].Length > Shown ? lines[^1][..Shown] + "..." : lines[^1])}'), and one value a line is expected. " +
                    "Keep the column that is wanted, or save a .csv with commas and a header such as 'name,label'.");
            }
        }
    }

    // A first line may be a header.
    private static bool AreFields(IReadOnlyList<string> lines, char mark, int count, bool areNames)
    {
        if (mark == '\t')
        {
            return true;
        }

        bool[] numbers = [.. Enumerable.Repeat(true, count)];
        bool[] images = [.. Enumerable.Repeat(true, count)];
        foreach (string line in lines.Skip(lines.Count > 2 ? 1 : 0))
        {
            string[] fields = line.Split(mark);
            for (int place = 0; place < count; place++)
            {
                string field = fields[place].Trim(' ', '"');
                numbers[place] &= double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                images[place] &= ImageEndings.IsImage(field);
            }
        }

        IEnumerable<bool> known = numbers.Zip(images, (number, image) => number || image);
        return areNames ? images.SkipLast(1).Any(image => image)
            : mark == ' ' ? known.All(isKnown => isKnown)
            : known.Any(isKnown => isKnown);
    }
}
