using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>Who is timed on a job, and how each is started.</summary>
internal sealed class Entrants(PeersSettings settings, JobShape shape, string folder)
{
    private const string DotNet = "dotnet";

    // float32 matrices of n x n: S, the state, its successor and a temporary one.
    private const int DenseBytesPerPair = 16;

    // float32 and int64 matrices of n x n: distances, V, its expansion, the initial ranks.
    private const int ReciprocalBytesPerPair = 24;

    private static readonly string s_output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    private long Pairs => (long)shape.Vertices * shape.Vertices;

    private long ScoreCount => (long)shape.Queries * shape.Gallery;

    private long FeatureBytes => (long)shape.Vertices * shape.Dimension * sizeof(float);

    /// <summary>Writes what the others start from and are checked by.</summary>
    public Entrant Preparation(string? real) =>
        Ours(EngineCommand.Prepare, GnnVariant.Paper, "", real is null ? [] : ["--real", Path.Combine(real, "pytorch_result.mat")]);

    public Entrant MadeFeatures() => new(
        "made", "", DotNet, [EngineFile, "made", folder, "--shape", shape.ToString(), .. MadeOptions.Arguments(settings.Made)], 0);

    public IEnumerable<Entrant> All()
    {
        yield return Ours(EngineCommand.Neighbors, GnnVariant.Paper, StageLabels.Neighbors);
        yield return Peer("torch mm + topk", "torch_knn.py", StageLabels.Neighbors, 3 * FeatureBytes);
        yield return Peer("faiss IndexFlatIP", "faiss_knn.py", StageLabels.Neighbors, 3 * FeatureBytes);
        foreach (GnnVariant variant in settings.Variants)
        {
            string whole = StageLabels.Whole(variant);
            yield return Ours(EngineCommand.Whole, variant, whole);
            yield return Cmdlet(variant, whole);
            if (shape.Top is null || variant == GnnVariant.Paper)
            {
                yield return Sparse(variant);
            }

            yield return Peer(
                "torch, dense", "torch_dense.py", whole, (Pairs * DenseBytesPerPair) + FeatureBytes, "--variant", variant.ToString());
        }

        foreach (Entrant sort in shape.Top is null ? Sorts() : [])
        {
            yield return sort;
        }

        if (settings.PeerFile is string file)
        {
            yield return Ours(EngineCommand.Reciprocal, GnnVariant.Paper, StageLabels.Reciprocal);
            yield return Peer(
                Path.GetFileName(file), "k_reciprocal.py", StageLabels.Reciprocal, (Pairs * ReciprocalBytesPerPair) + FeatureBytes,
                "--peer-file", file, "--peer-input", settings.PeerInput);
        }
    }

    private static string EngineFile => Path.Combine(s_output, "GnnReRank.Benchmarks.dll");

    private Entrant Sparse(GnnVariant variant)
    {
        string[] top = shape.Top is int count ? ["--top", Text(count)] : [];
        long bytes = FeatureBytes + (shape.Top is null ? 2 * sizeof(float) * ScoreCount : 0);
        string stage = shape.Top is null ? StageLabels.Scores(variant) : StageLabels.ScoresAndSort(variant);
        return Peer("scipy.sparse", "scipy_propagation.py", stage, bytes, ["--variant", variant.ToString(), .. top]);
    }

    private IEnumerable<Entrant> Sorts()
    {
        long bytes = FeatureBytes + (ScoreCount * ((2 * sizeof(float)) + (2 * sizeof(long))));
        yield return Ours(EngineCommand.Sort, GnnVariant.Paper, StageLabels.Sort);
        yield return Peer("torch argsort", "row_sort.py", StageLabels.Sort, bytes, "--program", "torch");
        yield return Peer("numpy argsort", "row_sort.py", StageLabels.Sort, bytes, "--program", "numpy");
    }

    private Entrant Ours(string measure, GnnVariant variant, string stage, params string[] more) => new(
        Entrant.Engine, stage, DotNet,
        [
            EngineFile, "engine", measure, "--folder", folder, "--k1", Text(settings.Job.K1), "--k2", Text(settings.Job.K2),
            "--variant", variant.ToString(), "--threads", Text(settings.Threads), .. Top("--top"), .. more,
        ], 0);

    private Entrant Cmdlet(GnnVariant variant, string stage) => new(
        "GnnReRank through the cmdlets", stage, DotNet,
        [
            "tool", "exec", "--yes", "PowerShell@7.6.9", "--", "-NoProfile", "-File",
            Repository.PathOf("benchmarks", "peers", "Measure-Cmdlet.ps1"), "-Folder", folder, "-K1", Text(settings.Job.K1),
            "-K2", Text(settings.Job.K2), "-Variant", variant.ToString(), "-Threads", Text(settings.Threads), .. Top("-Top"),
        ], 0);

    private Entrant Peer(string name, string script, string stage, long bytes, params string[] more) => new(
        name, stage, settings.Python,
        [
            Repository.PathOf("benchmarks", "peers", script), "--folder", folder, "--k1", Text(settings.Job.K1), "--k2", Text(settings.Job.K2),
            "--threads", Text(settings.Threads), .. more,
        ], bytes);

    private string[] Top(string name) => shape.Top is int top ? [name, Text(top)] : [];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
