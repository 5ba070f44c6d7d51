using System.Globalization;
using GnnReRank.Formats.Files;

namespace GnnReRank.Datasets.Model;

/// <summary>A line of a data set's list, its fields separated by spaces.</summary>
/// <param name="Path">The list.</param>
/// <param name="Number">1-based number of the line.</param>
/// <param name="Fields">Its fields.</param>
internal readonly record struct DatasetLine(string Path, int Number, string[] Fields)
{
    /// <summary>The lines of a list that hold anything, in its order, read as they are asked for: their texts together are many times the list.</summary>
    /// <param name="path">The list.</param>
    /// <param name="fields">How many fields each must have.</param>
    /// <param name="expected">What the fields are, for messages.</param>
    /// <param name="hasHeader">Whether the first line may name the fields, as they are expected.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GnnReRankException">A line has more fields or fewer, or there is none.</exception>
    public static IEnumerable<DatasetLine> Read(string path, int fields, string expected, bool hasHeader, CancellationToken cancellation)
    {
        int number = 0;
        bool isEmpty = true;
        foreach (string text in InputFile.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            DatasetLine line = new(path, number, text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (line.Fields.Length == 0 || (hasHeader && number == 1 && text.Trim() == expected))
            {
                continue;
            }

            isEmpty = false;
            yield return line.Fields.Length == fields ? line : throw line.Error($"has {line.Fields.Length} fields, and '{expected}' is expected");
        }

        if (isEmpty)
        {
            throw new GnnReRankException(
                "DatasetListEmpty", ErrorKind.InvalidData, $"'{path}' lists no image: a line '{expected}' is expected for each.");
        }
    }

    /// <summary>A field that must be a whole number.</summary>
    public long Whole(int field) => long.TryParse(Fields[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw Error($"has '{Fields[field]}' where a whole number is expected (field {field + 1})");

    /// <summary>The error of a line that is not as it is published.</summary>
    public GnnReRankException Error(string what) => new(
        "DatasetLineUnusable", ErrorKind.InvalidData, $"'{Path}': line {Number} {what}. Give the list as it is published.");
}
