using System.CommandLine;
using System.Globalization;

namespace GnnReRank.GpuKit.Running;

/// <summary>What the command line says.</summary>
internal sealed record KitOptions
{
    private static readonly Option<int[]> s_steps = new("--steps")
    {
        Description = "The steps to run, such as 1,2,3; all unless given.",
        CustomParser = result => Numbers(result.Tokens[0].Value, result.AddError),
    };

    private static readonly Option<string?> s_out = new("--out")
    {
        Description = "Receives results.jsonl, report.md and log.txt; the current folder unless given.",
    };

    private static readonly Option<string> s_device = new("--device")
    {
        Description = "The device to prove.", DefaultValueFactory = _ => "Cuda:0",
    };

    private static readonly Option<bool> s_emulate = new("--emulate")
    {
        Description = "No GPU: the smallest sizes on PoCL, an OpenCL driver for the processor. No time has a meaning.",
    };

    private static readonly Option<string?> s_profile = new("--profile")
    {
        Description = "A closer look at a stage, kernel by kernel; without --steps nothing else.",
    };

    private static readonly Option<bool> s_dump = new("--dump")
    {
        Description = "Writes the PTX of every kernel to kernels.zip, and what ptxas and cuobjdump make of it; without --steps nothing else.",
    };

    private static readonly Option<string?> s_cudaBin = new("--cuda-bin")
    {
        Description = "Where ptxas and cuobjdump lie; the PATH and /usr/local/cuda/bin are looked at unless given.",
    };

    private static readonly Option<string> s_architecture = new("--arch")
    {
        Description = "What --dump assembles for where there is no device.", DefaultValueFactory = _ => "sm_90",
    };

    private static readonly Option<string> s_python = new("--python")
    {
        Description = "The Python with torch, for the peers.", DefaultValueFactory = _ => "python3",
    };

    private static readonly Option<double> s_budget = new("--budget")
    {
        Description = "Seconds for all steps: later ones get what is left.", DefaultValueFactory = _ => 560,
    };

    private static readonly Option<double?> s_limit = new("--limit")
    {
        Description = "Seconds a step may take, in place of its own limit.",
    };

    private static readonly Option<string?> s_tests = new("--tests")
    {
        Description = "Of step 2, these classes of tests alone, with commas between.",
    };

    private static readonly Option<bool> s_list = new("--list") { Description = "Tells the steps with their limits." };

    private static readonly Option<bool> s_report = new("--report")
    {
        Description = "Makes the table again from results.jsonl, of a run that was cut off too.",
    };

    private static readonly Option<string?> s_child = new("--child") { Hidden = true };

    public IReadOnlyList<int> Steps { get; private init; } = [];

    public required string Out { get; init; }

    public required string Device { get; init; }

    public bool Emulates { get; private init; }

    public string? Profile { get; private init; }

    public bool Dumps { get; private init; }

    public string? CudaBin { get; private init; }

    public required string Architecture { get; init; }

    public required string Python { get; init; }

    public TimeSpan Budget { get; private init; }

    public TimeSpan? Limit { get; private init; }

    /// <summary>The classes of step 2 that run; null for all.</summary>
    public IReadOnlyList<string>? Tests { get; private init; }

    public bool Lists { get; private init; }

    public bool ReportsAlone { get; private init; }

    /// <summary>What a child is to do: a step's number, or a word; null in the parent.</summary>
    public string? Child { get; private init; }

    /// <summary>Parses the command line and runs what follows from it.</summary>
    public static int Run(string[] arguments, Func<KitOptions, int> run)
    {
        RootCommand root = new(
            "Proves the GPU engine of GnnReRank, and measures it, where only a driver is. " +
            "Exit codes: 0 passed, 1 something failed, 2 nothing failed but time ran out, 3 no device.")
        {
            s_steps, s_out, s_device, s_emulate, s_profile, s_dump, s_cudaBin, s_architecture, s_python, s_budget, s_limit,
            s_tests, s_list, s_report, s_child,
        };
        root.SetAction(parsed => run(new KitOptions
        {
            Steps = parsed.GetValue(s_steps) ?? [],
            Out = Path.GetFullPath(parsed.GetValue(s_out) ?? "."),
            Device = parsed.GetValue(s_device)!,
            Emulates = parsed.GetValue(s_emulate),
            Profile = parsed.GetValue(s_profile),
            Dumps = parsed.GetValue(s_dump),
            CudaBin = parsed.GetValue(s_cudaBin),
            Architecture = parsed.GetValue(s_architecture)!,
            Python = parsed.GetValue(s_python)!,
            Budget = TimeSpan.FromSeconds(parsed.GetValue(s_budget)),
            Limit = parsed.GetValue(s_limit) is double seconds ? TimeSpan.FromSeconds(seconds) : null,
            Tests = parsed.GetValue(s_tests)?.Split(','),
            Lists = parsed.GetValue(s_list),
            ReportsAlone = parsed.GetValue(s_report),
            Child = parsed.GetValue(s_child),
        }));
        return root.Parse(arguments).Invoke();
    }

    /// <summary>The command line of a child that does one thing of these.</summary>
    public IEnumerable<string> ForChild(string what, TimeSpan limit)
    {
        IEnumerable<string> line =
        [
            s_child.Name, what, s_out.Name, Out, s_device.Name, Device, s_python.Name, Python, s_architecture.Name, Architecture,
            s_limit.Name, limit.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
        ];
        line = Emulates ? line.Append(s_emulate.Name) : line;
        line = Tests is null ? line : line.Append(s_tests.Name).Append(string.Join(',', Tests));
        line = Profile is null ? line : line.Append(s_profile.Name).Append(Profile);
        return CudaBin is null ? line : line.Append(s_cudaBin.Name).Append(CudaBin);
    }

    private static int[] Numbers(string text, Action<string> fail)
    {
        int[] numbers = [.. text.Split(',').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        int[] known = [.. KitSteps.All.Select(step => step.Number)];
        if (numbers.Except(known).Any())
        {
            fail($"'{text}' names no steps: numbers of {string.Join(", ", known)} are expected, with commas between.");
        }

        return numbers;
    }
}
