namespace GnnReRank.Datasets.Landmarks;

/// <summary>Reads the lists of a gnd file as 0-based rows.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Values">Reads its values.</param>
/// <param name="First">The number of the first image: 1 in MATLAB, 0 in Python.</param>
/// <param name="Images">How many images there are.</param>
internal sealed record GndRows(string Path, GndValues Values, int First, int Images)
{
    private const int Sides = 4;

    private static readonly string[] s_revisited = ["easy", "hard", "junk"];
    private static readonly string[] s_older = ["ok", "junk"];

    /// <summary>The lists of one query.</summary>
    public GndQuery Query(int query, Func<string, object?> record, bool isRevisited)
    {
        string[] lists = isRevisited ? s_revisited : s_older;
        int[][] rows = Array.ConvertAll(lists, name => record(name) is object list
            ? Of($"entry {query} (0-based) of gnd, {name}", list)
            : throw LandmarkErrors.Malformed(Path, $"entry {query} (0-based) of gnd has no {name}; {string.Join(", ", lists)} are needed. {OtherForm(record)}"));
        double[]? region = Values.Numbers($"entry {query} (0-based) of gnd, bbx", record("bbx"));
        return new GndQuery(rows[0], isRevisited ? rows[1] : [], rows[^1], region is { Length: Sides } ? region : null);
    }

    /// <summary>Rows by the numbers that stand at some place.</summary>
    public int[] Of(string place, object value)
    {
        double[] numbers = Values.Numbers(place, value) ?? throw LandmarkErrors.Malformed(Path, $"{place}, is no list of numbers. Fetch the file again.");
        return Array.ConvertAll(numbers, number => number == Math.Floor(number) && number >= First && number - First < Images
            ? (int)number - First
            : throw LandmarkErrors.Malformed(Path, $"{place}, holds {number}, and there are {Images:N0} images, counted from {First}. Fetch the file again."));
    }

    private static string OtherForm(Func<string, object?> record) =>
        record("easy") is not null ? "It is a file of the revisited benchmarks: ask for ROxford5k or RParis6k."
        : record("ok") is not null ? "It is a file of the older benchmarks: ask for Oxford5k or Paris6k."
        : "Fetch the file again.";
}
