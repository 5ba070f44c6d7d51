using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "gpu": jobs on a GPU beside the card's peaks, and beside torch on the same card.</summary>
internal static class GpuCommand
{
    private const string OfDataSheet = "in place of the data sheet's.";

    private static readonly Option<string?> s_device = new("--device") { Description = "Cuda:0, OpenCL:1, ...; the best GPU, unless given. Cpu tries the command." };

    private static readonly Option<GpuShape[]> s_shapes = new("--shapes")
    {
        Description = $"Jobs, each {GpuShape.Form}.",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [.. GpuShape.Published],
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(token => GpuShape.Parse(token.Value))];
            }
            catch (ArgumentException error)
            {
                result.AddError(error.Message);
                return [];
            }
        },
    };

    private static readonly Option<bool> s_quick = new("--quick") { Description = "A tiny job alone, to see that everything runs." };

    private static readonly Option<ComputePrecision[]> s_precisions = new("--precisions")
    {
        Description = "Exact, Fast, or both.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<ComputePrecision>(),
    };

    private static readonly Option<GnnVariant> s_variant = new("--variant") { Description = "Paper or Reference.", DefaultValueFactory = _ => GnnVariant.Paper };

    private static readonly Option<int> s_repeat = JobOptions.Repeat();

    private static readonly Option<int> s_budget = new("--budget")
    {
        Description = "Seconds of a program after which no further warm run of it begins.", DefaultValueFactory = _ => 120,
    };

    private static readonly Option<int> s_timeLimit = new("--time-limit") { Description = "Seconds a program may take.", DefaultValueFactory = _ => 900 };

    private static readonly Option<double?> s_single = new("--peak-fp32") { Description = $"TFLOP/s of float32, {OfDataSheet}" };

    private static readonly Option<double?> s_tensor = new("--peak-fp16") { Description = $"TFLOP/s of float16 on tensor cores, no sparsity, {OfDataSheet}" };

    private static readonly Option<double?> s_memory = new("--peak-memory") { Description = $"GB/s of the card's memory, {OfDataSheet}" };

    private static readonly Option<double?> s_link = new("--peak-link") { Description = $"GB/s from the host, one way, {OfDataSheet}" };

    private static readonly Option<string> s_python = new("--python") { Description = "The Python with torch.", DefaultValueFactory = _ => "python3" };

    private static readonly Option<FileInfo> s_report = new("--report")
    {
        Description = "The Markdown file to write.", DefaultValueFactory = _ => new FileInfo(Repository.PathOf("output", "gpu.md")),
    };

    public static Command Create()
    {
        Command command = new("gpu", "Time jobs on a GPU, stage by stage, beside the card's peaks and beside torch on the same card.");
        Option[] own =
        [
            s_device, s_shapes, s_quick, s_precisions, s_variant, s_repeat, s_budget, s_timeLimit, s_single, s_tensor, s_memory, s_link,
            s_python, s_report,
        ];
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }

        MadeOptions made = new();
        made.AddTo(command);
        command.SetAction(given =>
        {
            try
            {
                return new GpuRun(Settings(given, made)).Run();
            }
            catch (GnnReRankException error)
            {
                Console.Error.WriteLine(error.Message);
                return 1;
            }
        });
        return command;
    }

    private static GpuSettings Settings(ParseResult given, MadeOptions made)
    {
        ReRankDevice device = GpuDevices.Choose(given.GetValue(s_device));
        return new GpuSettings
        {
            Device = device,
            Peaks = Peaks(given, device.Name),
            Shapes = given.GetValue(s_quick) ? [GpuShape.Quick] : given.GetRequiredValue(s_shapes),
            Precisions = [.. given.GetRequiredValue(s_precisions).Order()],
            Variant = given.GetValue(s_variant),
            Made = made.Of(given),
            Repeat = given.GetValue(s_repeat),
            Budget = given.GetValue(s_budget),
            TimeLimit = TimeSpan.FromSeconds(given.GetValue(s_timeLimit)),
            Python = given.GetRequiredValue(s_python),
            Report = given.GetRequiredValue(s_report).FullName,
        };
    }

    private static CardPeaks? Peaks(ParseResult given, string name)
    {
        CardPeaks? known = CardPeaks.Of(name);
        return (given.GetValue(s_single) ?? known?.Single, given.GetValue(s_tensor) ?? known?.Tensor,
                given.GetValue(s_memory) ?? known?.Memory, given.GetValue(s_link) ?? known?.Link) is
            (double single, double tensor, double memory, double link)
            ? new CardPeaks(known?.Card ?? name, single, tensor, memory, link)
            : null;
    }
}
