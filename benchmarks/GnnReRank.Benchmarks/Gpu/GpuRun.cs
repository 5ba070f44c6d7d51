namespace GnnReRank.Benchmarks;

/// <summary>Runs ours and torch's on every job, each in a fresh process, and writes the report as it grows.</summary>
internal sealed class GpuRun(GpuSettings settings)
{
    private static readonly string[] s_torchJobs = ["knn-fp32", "knn-tf32", "dense"];

    private readonly List<string> _parts = [];
    private bool _failed;

    public int Run()
    {
        Tell(Header());
        foreach (GpuShape shape in settings.Shapes)
        {
            Tell(RunJob(shape));
        }

        Console.WriteLine($"Written to {settings.Report}");
        return _failed ? 1 : 0;
    }

    private string Header() => string.Join('\n',
        "# On a GPU", "",
        FormattableString.Invariant($"{settings.Device}, {settings.Device.MemoryBytes / 1e9:0.0} GB, {settings.Device.Driver}, {settings.Device.Capability}. Host: {MachineFacts.Machine()}."),
        "",
        settings.Peaks is CardPeaks peaks
            ? $"Peaks: {peaks}."
            : $"The card's peaks are not known (known: {CardPeaks.KnownNames}): give --peak-fp32, --peak-fp16, --peak-memory and --peak-link.",
        FormattableString.Invariant($"Variant {settings.Variant}, made features of seed {settings.Made.Seed}. Each program in a fresh process: ") +
        FormattableString.Invariant($"cold is its first call, with the device's start and the kernels' compilation; warm the median of up to {settings.Repeat} calls after it. ") +
        "Floors are the least that the card could take: neighbours by the products of half of S (Exact by float32, Fast by float16 on tensor cores), the others by bytes.");

    private string RunJob(GpuShape shape)
    {
        string folder = Directory.CreateTempSubdirectory("GnnReRank-").FullName;
        try
        {
            Console.WriteLine($"{shape.Name}: {shape.Job}");
            GpuPrograms programs = new(settings, shape, folder);
            (_, string? reason) = ChildProcess.Run(programs.MadeFeatures(), Environment.ProcessorCount, Timeout.InfiniteTimeSpan);
            GpuTable table = new(settings, shape);
            if (reason is not null)
            {
                _failed = true;
                return table.Without($"The features could not be made: {reason}");
            }

            foreach (ComputePrecision precision in settings.Precisions)
            {
                _failed |= !RunProgram(programs.Ours(precision), table.AddOurs);
            }

            foreach (string job in s_torchJobs)
            {
                RunTorch(programs, job, table);
            }

            return table.ToString();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void RunTorch(GpuPrograms programs, string job, GpuTable table)
    {
        Entrant entrant = programs.Torch(job);
        if (settings.TorchDevice is null)
        {
            table.AddTorch(entrant, null, $"not run: torch has no {settings.Device.Kind} devices");
            return;
        }

        RunProgram(entrant, table.AddTorch);
    }

    private bool RunProgram(Entrant entrant, Action<Entrant, GpuMeasurement?, string?> add)
    {
        (string? line, string? reason) = ChildProcess.Run(entrant, Environment.ProcessorCount, settings.TimeLimit);
        GpuMeasurement? measurement = line is null ? null : GpuMeasurement.FromJson(line);
        reason ??= measurement is null ? $"printed no measurement: {line}" : null;
        add(entrant, measurement, reason);
        Console.WriteLine($"  {entrant.Name}: {reason ?? Times(measurement!)}");
        return measurement is not null;
    }

    private static string Times(GpuMeasurement measurement) => string.Join(
        ", ", measurement.Stages.Keys.Select(stage => FormattableString.Invariant($"{stage} {measurement.Warm(stage) * 1e3:N1} ms")));

    /// <summary>Written each time: a run that is stopped leaves what it has.</summary>
    private void Tell(string part)
    {
        Console.WriteLine($"\n{part}\n");
        _parts.Add(part);
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Report)!);
        File.WriteAllText(settings.Report, $"{string.Join("\n\n", _parts)}\n");
    }
}
