namespace GnnReRank.Benchmarks;

/// <summary>What came of an entrant: its runs, or why there are none.</summary>
internal sealed class Outcome(Entrant entrant)
{
    public Entrant Entrant => entrant;

    public List<Measurement> Runs { get; } = [];

    /// <summary>Why it was not run, or not to its end; null where all went well.</summary>
    public string? Reason { get; set; }

    /// <summary>Median wall seconds of a stage; null where it did not time it.</summary>
    public double? Wall(string stage) => Seconds(stage, 0);

    /// <summary>Median processor seconds of a stage; null where it did not count them.</summary>
    public double? Cpu(string stage) => Seconds(stage, 1);

    private double? Seconds(string stage, int kind)
    {
        double[] values = [.. Runs.Select(run => run.Stages.GetValueOrDefault(stage)?[kind]).OfType<double>()];
        return values.Length == 0 ? null : Medians.Of(values);
    }
}
