namespace GnnReRank.Benchmarks;

/// <summary>Runs every entrant on every job, in turns, and shows the medians.</summary>
internal sealed class PeersRun(PeersSettings settings)
{
    public int Run()
    {
        string machine = MachineFacts.Describe(settings);
        List<string> parts = [machine];
        Show(machine);
        List<(JobShape Shape, string? Real)> jobs = [.. settings.Shapes.Select(shape => (shape, (string?)null))];
        if (settings.Real is string real)
        {
            jobs.Add((RealShape(real), real));
        }

        foreach ((JobShape shape, string? source) in jobs)
        {
            string table = RunJob(shape, source);
            Show(table);
            parts.Add(table);
            if (settings.Write)
            {
                ResultsFile.Replace(Repository.PathOf("benchmarks", "RESULTS.md"), string.Join("\n\n", parts));
            }
        }

        return 0;
    }

    private string RunJob(JobShape shape, string? real)
    {
        string folder = Directory.CreateTempSubdirectory("GnnReRank-").FullName;
        try
        {
            Entrants entrants = new(settings, shape, folder);
            if (real is null)
            {
                Prepare(entrants.MadeFeatures());
            }

            Prepare(entrants.Preparation(real));
            List<Outcome> outcomes = [.. entrants.All().Select(entrant => new Outcome(entrant) { Reason = BeyondMemory(entrant) })];
            for (int round = 0; round < settings.Repeat; round++)
            {
                foreach (Outcome outcome in outcomes.Where(IsToRun))
                {
                    RunOnce(outcome);
                }
            }

            return new PeerTable(settings, shape, real, outcomes).ToString();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private bool IsToRun(Outcome outcome) => outcome.Reason is null &&
        (outcome.Runs.Count == 0 || outcome.Runs[0].Stages.Values.Max(times => times[0]) <= settings.OnceOver.TotalSeconds);

    private void RunOnce(Outcome outcome)
    {
        (string? line, string? reason) = ChildProcess.Run(outcome.Entrant, settings.Threads, settings.TimeLimit);
        outcome.Reason = reason;
        if (line is null)
        {
            Console.WriteLine($"  {outcome.Entrant.Name}: {reason}");
            return;
        }

        Measurement measurement = Measurement.FromJson(line);
        outcome.Runs.Add(measurement);
        string times = string.Join(", ", measurement.Stages.Select(stage => FormattableString.Invariant($"{stage.Key} {stage.Value[0]:0.000} s")));
        Console.WriteLine($"  {outcome.Entrant.Name}: {times}{(measurement.Check is { Length: > 0 } check ? $"; {check}" : "")}");
    }

    /// <summary>The preparation is not timed: it may take as long as it takes.</summary>
    private void Prepare(Entrant entrant)
    {
        (_, string? reason) = ChildProcess.Run(entrant, settings.Threads, Timeout.InfiniteTimeSpan);
        if (reason is not null)
        {
            throw new InvalidOperationException($"The features could not be prepared: {reason}");
        }
    }

    private static string? BeyondMemory(Entrant entrant)
    {
        long available = MachineFacts.AvailableBytes();
        return entrant.Bytes <= available
            ? null
            : FormattableString.Invariant($"does not fit: {entrant.Bytes / 1e9:0.0} GB needed, {available / 1e9:0.0} GB free");
    }

    private static JobShape RealShape(string folder)
    {
        FeatureReadOptions sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(Path.Combine(folder, "pytorch_result.mat"), sets).Matrices;
        return new JobShape(matrices[0].RowCount, matrices[1].RowCount, matrices[0].Dimension, null);
    }

    private static void Show(string text) => Console.WriteLine($"\n{text}\n");
}
