using GnnReRank;
using GnnReRank.Service;
using Microsoft.Extensions.VectorData;

const int top = 10;
const int shown = 5;

// The index is built once and kept in a file, which opens at once whatever its size.
string path = args.FirstOrDefault() ?? $"digits{ReRankIndexFile.Extension}";
Photo[] photos = Photos("digits-gallery.parquet");
Photo[] queries = Photos("digits-query.parquet");
bool isThere = File.Exists(path);
ReRankIndex index = isThere ? ReRankIndexFile.Read(path) : ReRankIndex.Build(Matrix(photos), new DiffusionSettings());
if (!isThere)
{
    ReRankIndexFile.Write(path, index);
}

Console.WriteLine($"{(isThere ? "Opened" : "Built")}: {index}");
IVectorSearchable<Photo> store = new MemoryStore(photos);
IVectorSearchable<Photo> reRanked = new ReRankedSearch(store, index);

// The labels of the first records, by the store and re-ranked, side by side, of some queries where they differ; and how
// many are right over all queries.
Console.WriteLine($"{"query",5}  {"by the store",-2 * top}  re-ranked");
(int Before, int After, int Different) counts = (0, 0, 0);
foreach (Photo query in queries)
{
    long[] before = await LabelsAsync(store, query);
    long[] after = await LabelsAsync(reRanked, query);
    counts.Before += before.Count(label => label == query.Label);
    counts.After += after.Count(label => label == query.Label);
    if (!before.SequenceEqual(after) && counts.Different++ < shown)
    {
        Console.WriteLine($"{query.Label,5}  {string.Join(' ', before),-2 * top}  {string.Join(' ', after)}");
    }
}

double asked = top * queries.Length;
Console.WriteLine($"Right among the first {top}: {counts.Before / asked:P1} by the store, {counts.After / asked:P1} re-ranked.");

// A record that comes later is found by the next query, and goes by its name; searches on other threads go on meanwhile.
Photo late = queries[0] with { Key = "late" };
index.Add(Matrix([late]));
IndexAnswer answer = index.Search(late.Vector.Span, new IndexSearchOptions { Top = 1, MinimumScore = 0.5f });
Console.WriteLine($"After adding one: {answer.GetName(1)} is first of {index.RowCount:N0}.");
index.Remove(new RowSelection { Names = ["late"] });
Console.WriteLine($"After removing it: {index.RowCount:N0} rows, version {index.Version}.");

static async Task<long[]> LabelsAsync(IVectorSearchable<Photo> search, Photo query)
{
    List<long> labels = [];
    await foreach (VectorSearchResult<Photo> result in search.SearchAsync(query.Vector, top))
    {
        labels.Add(result.Record.Label);
    }

    return [.. labels];
}

static FeatureMatrix Matrix(Photo[] photos) => FeatureMatrix.FromRows(
    [.. photos.Select(photo => photo.Vector.ToArray())], names: [.. photos.Select(photo => photo.Key)]);

static Photo[] Photos(string file)
{
    FeatureReadResult read = FeatureFile.Read(Path.Combine(AppContext.BaseDirectory, "data", file));
    FeatureMatrix matrix = read.Matrices[0];
    return [.. Enumerable.Range(0, matrix.RowCount).Select(row => new Photo($"{row}", matrix.Labels![row], matrix.GetRow(row)))];
}
