using GnnReRank.Formats.Delimited;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>One query of Google Landmarks v2.</summary>
/// <param name="Id">Its image.</param>
/// <param name="Images">The index images of its landmark.</param>
internal sealed record GldQuery(string Id, string[] Images)
{
    private const string Ignored = "Ignored";
    private const string Nothing = "None";

    private static readonly string[] s_columns = ["id", "images", "Usage"];
    private static readonly string[] s_usages = ["Public", "Private", Ignored];

    /// <summary>Reads the queries of some usages; those that the authors ignore are never among them.</summary>
    /// <exception cref="GnnReRankException">The file is not a retrieval solution.</exception>
    public static GldQuery[] ReadAll(string path, DelimitedRecords records, string[] usages, CancellationToken cancellation)
    {
        if (!records.Read() || !records.Fields().SequenceEqual(s_columns, StringComparer.OrdinalIgnoreCase))
        {
            throw LandmarkErrors.Malformed(path, "the first line must be id,images,Usage. Give retrieval_solution_v2.1.csv; the recognition solution is another file.");
        }

        List<GldQuery> queries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (records.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            records.Require(s_columns.Length);
            string[] fields = records.Fields();
            if (!s_usages.Contains(fields[2]))
            {
                throw LandmarkErrors.Malformed(path, $"line {records.Line} has the Usage '{fields[2]}', and {string.Join(", ", s_usages)} are known. Fetch the file again.");
            }

            if (!seen.Add(fields[0]))
            {
                throw LandmarkErrors.Malformed(path, $"line {records.Line} names the query '{fields[0]}' again. Fetch the file again.");
            }

            if (usages.Contains(fields[2]))
            {
                queries.Add(new GldQuery(fields[0], fields[1] == Nothing ? [] : fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return [.. queries];
    }
}
