using GnnReRank.Formats.Files;
using GnnReRank.Formats.Mat.Values;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>
/// A gnd file of Oxford, Paris or their revisited forms: imlist, qimlist (or qidx) and gnd, as a Python pickle with 0-based rows or a MAT-file
/// with 1-based rows.
/// </summary>
/// <param name="Images">The gallery, without file endings.</param>
/// <param name="Queries">The queries' images.</param>
/// <param name="Lists">One entry a query.</param>
internal sealed record GndFile(string[] Images, string[] Queries, GndQuery[] Lists)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its ending says which program wrote it.</param>
    /// <param name="isRevisited">Whether the lists are easy, hard and junk; else they are ok and junk.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GnnReRankException">The file is not usable, or not such a file.</exception>
    public static GndFile Load(string path, bool isRevisited, CancellationToken cancellation)
    {
        InputFile.Require(path, "a gnd file such as gnd_roxford5k.pkl");
        bool isMat = Path.GetExtension(path).Equals(".mat", StringComparison.OrdinalIgnoreCase);
        GndValues values = new(path, cancellation);
        Func<string, object?> file = GndValues.Record(isMat ? MatValues.Load(path, null, cancellation) : PickleFile.Load(path, TorchLegacy.LoadStorage, cancellation))
            ?? throw LandmarkErrors.Malformed(path, "it holds no dictionary. Give a gnd file such as gnd_roxford5k.pkl or .mat.");
        string[] images = values.Texts("imlist", file("imlist")) ?? throw NotThere(path, "imlist, the names of the images");
        GndRows rows = new(path, values, isMat ? 1 : 0, images.Length);
        string[] queries = file("qimlist") is null && file("qidx") is object numbers
            ? Array.ConvertAll(rows.Of("qidx", numbers), row => images[row])
            : values.Texts("qimlist", file("qimlist")) ?? throw NotThere(path, "qimlist, the names of the queries");
        IReadOnlyList<Func<string, object?>> gnd = values.Records("gnd", file("gnd")) ?? throw NotThere(path, "gnd, the lists of the queries");
        return gnd.Count == queries.Length
            ? new GndFile(images, queries, [.. gnd.Select((record, query) => rows.Query(query, record, isRevisited))])
            : throw LandmarkErrors.Malformed(
                path, $"gnd has {gnd.Count:N0} entries and there are {queries.Length:N0} queries: as many are needed. Fetch the file again.");
    }

    private static GnnReRankException NotThere(string path, string what) =>
        LandmarkErrors.Malformed(path, $"it has no {what}. Give a gnd file such as gnd_roxford5k.pkl or .mat.");
}
