using System.Globalization;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Delimited;

/// <summary>What the first lines say: the columns, and whether the first line is data already.</summary>
/// <param name="Columns">The columns; without a header their names are 0, 1, ...</param>
/// <param name="FirstLineIsData">Whether there is no header.</param>
internal sealed record DelimitedHeader(IReadOnlyList<ColumnInfo> Columns, bool FirstLineIsData)
{
    // A line 0, 1, 2, ... is the header that data frames without names write; two columns could be data by chance.
    private const int FewestCounted = 3;

    /// <summary>Whether a first line names columns rather than holding numbers.</summary>
    public static bool IsHeader(string[] first) =>
        !(first.All(field => DelimitedText.TryParse(field, out _)) || IsDataWithGaps(first)) ||
        (first.Length >= FewestCounted && first.Select((field, place) => field == Name(place)).All(counts => counts));

    // Data frames write a header that starts with an empty field, and whole numbers as names.
    private static bool IsDataWithGaps(string[] first) =>
        first.All(field => field.Length == 0 || DelimitedText.TryParse(field, out _))
        && (first.Any(field => field.Contains('.')) || Array.TrueForAll(first, field => field.Length == 0));

    /// <summary>The columns with a header.</summary>
    /// <param name="names">The fields of the first line.</param>
    /// <param name="sample">The fields of the first data line, which tell number columns from text.</param>
    /// <param name="cancellation">Stops the search for numbered columns.</param>
    public static DelimitedHeader Named(string[] names, string[] sample, CancellationToken cancellation)
    {
        ColumnInfo[] columns = new ColumnInfo[names.Length];
        for (int place = 0; place < names.Length; place++)
        {
            cancellation.ThrowIfCancellationRequested();
            columns[place] = Column(names[place], sample[place]);
        }

        // A dimension stays one where its first value cannot be read: leaving the column out would hide the fault.
        IEnumerable<int> dimensions = NumberedColumns.Groups(columns, Enumerable.Range(0, columns.Length), cancellation)
            .Where(group => group.IsUsual).SelectMany(group => group.Columns);
        foreach (int dimension in dimensions)
        {
            columns[dimension] = columns[dimension] with { IsNumber = true };
        }

        return new DelimitedHeader(columns, FirstLineIsData: false);
    }

    /// <summary>The columns without a header.</summary>
    /// <param name="first">The fields of the first line.</param>
    public static DelimitedHeader Unnamed(string[] first) =>
        new(first.Select((field, place) => Column(Name(place), field)).ToArray(), FirstLineIsData: true);

    // An empty field says nothing of its column: where it should be a number, reading it fails and names its line.
    private static ColumnInfo Column(string name, string sample) => new(
        name, IsNumber: sample.Length == 0 || DelimitedText.TryParse(sample, out _), IsText: true, IsList: false)
    {
        MayHoldVectors = VectorText.IsStart(sample),
    };

    private static string Name(int place) => place.ToString(CultureInfo.InvariantCulture);
}
