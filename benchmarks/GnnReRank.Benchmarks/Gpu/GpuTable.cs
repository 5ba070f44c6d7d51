using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>The tables of one job: ours beside the card's peaks, and torch beside ours.</summary>
internal sealed class GpuTable(GpuSettings settings, GpuShape shape)
{
    private const string Unknown = "";

    private readonly List<(Entrant Program, GpuMeasurement? Measured, string? Reason)> _ours = [];
    private readonly List<(Entrant Program, GpuMeasurement? Measured, string? Reason)> _torch = [];

    public void AddOurs(Entrant program, GpuMeasurement? measured, string? reason) => _ours.Add((program, measured, reason));

    public void AddTorch(Entrant program, GpuMeasurement? measured, string? reason) => _torch.Add((program, measured, reason));

    public string Without(string reason) => $"{Title()}\n\n{reason}";

    public override string ToString() => string.Join('\n',
    [
        Title(), "",
        "| stage | program | cold ms | warm ms | floor ms | of the roofline | floor by | warm rate |", "|---|---|---|---|---|---|---|---|",
        .. GpuStages.Parts.Append(GpuStages.HostToHost).Append(GpuStages.Resident).SelectMany(OurRows),
        .. _ours.Where(row => row.Reason is not null).Select(row => Line("", row.Program.Name, row.Reason!, "", "", "", "", "")), "",
        string.Join(' ', _ours.Select(row => Note(row.Program, row.Measured)).OfType<string>()), "",
        "| stage | program | cold ms | warm ms | times ours | peak GB on the device | runs | result |", "|---|---|---|---|---|---|---|---|",
        .. _torch.SelectMany(TorchRows), "",
        $"{string.Join("; ", _torch.Select(row => row.Measured?.Versions).OfType<string>().Distinct())}",
    ]).TrimEnd();

    private string Title()
    {
        JobShape job = shape.Job;
        string lists = job.Top is int top ? FormattableString.Invariant($"first {top:N0} of each list") : "full rankings";
        return FormattableString.Invariant(
            $"## {shape.Name}: {job.Queries:N0} + {job.Gallery:N0} x {job.Dimension:N0}, k1 = {shape.K1}, k2 = {shape.K2}, {lists}");
    }

    private IEnumerable<string> OurRows(string stage) =>
        from row in _ours
        where row.Measured?.Warm(stage) is not null
        select OurRow(stage, row.Program, row.Measured);

    private string OurRow(string stage, Entrant program, GpuMeasurement measured)
    {
        double warm = measured.Warm(stage)!.Value;
        bool tensor = IsFast(program);
        (double Seconds, string Bound)? floor = settings.Peaks is CardPeaks peaks ? FloorOf(stage, peaks, tensor) : null;
        return Line(
            stage, program.Name, Milliseconds(measured.Cold(stage)), Milliseconds(warm), Milliseconds(floor?.Seconds),
            floor is null ? Unknown : FormattableString.Invariant($"{floor.Value.Seconds / warm:0.0 %}{OfOther(stage, warm, tensor)}"),
            floor?.Bound ?? Unknown, Rate(stage, warm));
    }

    private (double Seconds, string Bound) FloorOf(string stage, CardPeaks peaks, bool tensor)
    {
        if (PartOf(stage) is StageFloor part)
        {
            return part.On(peaks, tensor);
        }

        // The stages follow one another, so their floors add up.
        IEnumerable<string> parts = GpuStages.Parts.Where(name => stage == GpuStages.HostToHost || name != StageNames.Upload);
        return (parts.Sum(name => PartOf(name)!.Value.On(peaks, tensor).Seconds), "sum of its stages");
    }

    /// <summary>Of products, the part of the other peak too: Exact may use tensor cores to find what it then scores in float32.</summary>
    private string OfOther(string stage, double warm, bool tensor) => PartOf(stage) is { Operations: > 0 } part
        ? FormattableString.Invariant($" ({part.On(settings.Peaks!, !tensor).Seconds / warm:0.0 %} of {(tensor ? "float32" : "float16 tensor")})")
        : Unknown;

    private StageFloor? PartOf(string stage) => stage switch
    {
        StageNames.Upload => StageFloor.Upload(shape.Job),
        StageNames.Neighbors => StageFloor.Neighbors(shape.Job),
        StageNames.Messages => StageFloor.Messages(shape),
        StageNames.RankingLists => StageFloor.Ranking(shape.Job),
        _ => null,
    };

    private string Rate(string stage, double seconds) => PartOf(stage) switch
    {
        { Operations: > 0 } part => FormattableString.Invariant($"{part.Operations / seconds / 1e12:0.0} TFLOP/s"),
        StageFloor part => FormattableString.Invariant($"{part.DeviceBytes / seconds / 1e9:0.0} GB/s"),
        null => Unknown,
    };

    private static string? Note(Entrant program, GpuMeasurement? measured) => measured is null
        ? null
        : $"{program.Name}: warm runs {measured.Runs}, {measured.Versions}{(measured.Check.Length > 0 ? $"; {measured.Check}" : "")}.";

    private IEnumerable<string> TorchRows((Entrant Program, GpuMeasurement? Measured, string? Reason) row)
    {
        if (row.Measured is not GpuMeasurement measured)
        {
            return [Line("", row.Program.Name, "", "", "", "", "", row.Reason ?? "")];
        }

        string last = measured.Stages.Keys.Last();
        return measured.Stages.Keys.Select(stage => Line(
            stage, row.Program.Name, Milliseconds(measured.Cold(stage)), Milliseconds(measured.Warm(stage)), TimesOurs(stage, measured),
            stage == last ? FormattableString.Invariant($"{measured.Peak / 1e9:0.00}") : "", measured.Runs.ToString(), stage == last ? measured.Check : ""));
    }

    private static bool IsFast(Entrant program) => program.Name.EndsWith(nameof(ComputePrecision.Fast), StringComparison.Ordinal);

    /// <summary>TF32 is set beside Fast, float32 beside Exact; each beside the other where that was not run.</summary>
    private string TimesOurs(string stage, GpuMeasurement torch) =>
        _ours.OrderByDescending(row => IsFast(row.Program) == torch.Program.EndsWith("tf32", StringComparison.Ordinal))
            .Select(row => row.Measured?.Warm(stage)).FirstOrDefault(warm => warm is not null) is double ours
            ? FormattableString.Invariant($"{torch.Warm(stage) / ours:0.00}")
            : Unknown;

    private static string Milliseconds(double? seconds) => seconds switch
    {
        null => Unknown,
        < 0.01 => FormattableString.Invariant($"{seconds * 1e3:0.000}"),
        < 1 => FormattableString.Invariant($"{seconds * 1e3:0.0}"),
        _ => FormattableString.Invariant($"{seconds * 1e3:N0}"),
    };

    private static string Line(params string[] cells) => $"| {string.Join(" | ", cells)} |";
}
