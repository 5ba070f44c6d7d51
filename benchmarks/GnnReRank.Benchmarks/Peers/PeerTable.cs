namespace GnnReRank.Benchmarks;

/// <summary>The table of one job.</summary>
internal sealed class PeerTable(PeersSettings settings, JobShape shape, string? real, IReadOnlyList<Outcome> outcomes)
{
    private const string Nothing = "";

    private IEnumerable<string> Stages
    {
        get
        {
            List<string> stages = [StageLabels.Neighbors];
            stages.AddRange(settings.Variants.Select(StageLabels.Layers));
            stages.AddRange(settings.Variants.Select(StageLabels.Scores));
            stages.AddRange(settings.Variants.Select(StageLabels.ScoresAndSort));
            stages.Add(StageLabels.Sort);
            stages.AddRange(settings.Variants.Select(StageLabels.Whole));
            return [.. stages, StageLabels.Reciprocal];
        }
    }

    private IEnumerable<Outcome> OursFirst => outcomes.OrderBy(outcome => outcome.Entrant.Name != Entrant.Engine);

    public override string ToString()
    {
        List<string> lines =
        [
            Title(), "",
            "| stage | program | wall s | cpu s | times ours | peak GB | runs | result |",
            "|---|---|---|---|---|---|---|---|",
            .. Stages.SelectMany(stage => OursFirst.Select(outcome => Row(stage, outcome)).OfType<string>().DistinctBy(Program)), "",
            $"{string.Join(", ", outcomes.SelectMany(outcome => outcome.Runs.Take(1)).SelectMany(run => run.Versions.Split(", ")).Distinct())}.",
        ];
        return string.Join('\n', lines);
    }

    private string Title()
    {
        string source = real is null ? "" : $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(real))}: ";
        string lists = shape.Top is int top ? $"first {top:N0} of each list" : "full rankings";
        return FormattableString.Invariant(
            $"### {source}{shape.Queries:N0} + {shape.Gallery:N0} x {shape.Dimension:N0}, k1 = {settings.Job.K1}, k2 = {settings.Job.K2}, {lists}");
    }

    private string? Row(string stage, Outcome outcome)
    {
        string name = outcome.Entrant.Name;
        if (outcome.Reason is string reason && outcome.Entrant.Stage == stage)
        {
            return Line(stage, name, Nothing, Nothing, Nothing, Nothing, outcome.Runs.Count.ToString(), reason);
        }

        double? wall = outcome.Wall(stage);
        if (outcome.Runs.Count == 0 || wall is null)
        {
            return name == Entrant.Engine && outcome.Wall(PartsOf(stage)) is not null && OursOf(stage) is not null
                ? Line(stage, name, Seconds(OursOf(stage)), Nothing, "1.00", Nothing, outcome.Runs.Count.ToString(), "scores and sort less sort")
                : null;
        }

        // A process has one peak and one result: they stand in the row of its last stage.
        bool last = outcome.Runs[0].Stages.Keys.Last() == stage;
        string peak = last ? FormattableString.Invariant($"{Medians.Of(outcome.Runs.Select(run => (double)run.Peak)) / 1e9:0.00}") : Nothing;
        string ratio = OursOf(stage) is double ours ? FormattableString.Invariant($"{wall / ours:0.00}") : Nothing;
        return Line(
            stage, name, Seconds(wall), Seconds(outcome.Cpu(stage)), ratio, peak, outcome.Runs.Count.ToString(),
            last ? outcome.Runs[0].Check : Nothing);
    }

    /// <summary>Our wall seconds of a stage.</summary>
    private double? OursOf(string stage) => stage == StageLabels.Reciprocal
        ? Engine(StageLabels.Whole(settings.Variants[0]))
        : Engine(stage) ?? (Engine(PartsOf(stage)) - Engine(StageLabels.Sort) is double scores and > 0 ? scores : null);

    /// <summary>Ours never passes over the scores alone: where a stage is the scores, the stage that holds them; else nothing.</summary>
    private string PartsOf(string stage) =>
        settings.Variants.Where(variant => stage == StageLabels.Scores(variant)).Select(StageLabels.ScoresAndSort).FirstOrDefault(Nothing);

    private static string Program(string row) => row.Split('|')[2];

    private double? Engine(string stage) =>
        outcomes.Where(outcome => outcome.Entrant.Name == Entrant.Engine).Select(outcome => outcome.Wall(stage)).FirstOrDefault(wall => wall is not null);

    private static string Seconds(double? value) => value switch
    {
        null => Nothing,
        < 1 => FormattableString.Invariant($"{value:0.000}"),
        _ => FormattableString.Invariant($"{value:0.00}"),
    };

    private static string Line(params string[] cells) => $"| {string.Join(" | ", cells)} |";
}
