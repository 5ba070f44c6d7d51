using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "peers": whole stages of ours beside other programs, in one run on the same features.</summary>
internal static class PeersCommand
{
    // Market-1501's share of queries throughout; from 50,000 rows on, the first 100 of each list.
    private static readonly string[] s_shapes =
    [
        "875+5125x2048", "1750+10250x2048", "3368+19732x2048",
        "1458+8542x512", "7290+42710x512/100", "10000+90000x512/100", "20000+180000x256/100",
    ];

    private static readonly Option<JobShape[]> s_shape = new("--shapes")
    {
        Description = $"Sizes of the jobs, each {JobShape.Form}. 'none' leaves --real alone.",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [.. s_shapes.Select(JobShape.Parse)],
        CustomParser = result => result.Tokens is [{ Value: "none" }] ? [] : JobOptions.ShapesOf(result),
    };

    private static readonly Option<DirectoryInfo?> s_real = new("--real") { Description = "A folder with a pytorch_result.mat: real features." };

    private static readonly Option<GnnVariant[]> s_variants = new("--variants")
    {
        Description = "Variants to run.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<GnnVariant>(),
    };

    private static readonly Option<int> s_repeat = JobOptions.Repeat();

    private static readonly Option<string> s_python = new("--python")
    {
        Description = "The Python with torch, faiss and scipy.", DefaultValueFactory = _ => "/usr/bin/python3",
    };

    private static readonly Option<FileInfo?> s_peerFile = new("--peer-file", "-PeerFile")
    {
        Description = "A Python file that defines re_ranking(q_g, q_q, g_g, k1, k2, lambda_value).",
    };

    private static readonly Option<string> s_peerInput = new("--peer-input")
    {
        Description = "What that function takes: similarity (layumi) or distance (the others).", DefaultValueFactory = _ => "similarity",
    };

    private static readonly Option<int> s_timeLimit = new("--time-limit") { Description = "Seconds a run may take.", DefaultValueFactory = _ => 600 };

    private static readonly Option<int> s_onceOver = new("--once-over")
    {
        Description = "Seconds of a first run after which a program is not run again.", DefaultValueFactory = _ => 120,
    };

    private static readonly Option<bool> s_write = new("--write") { Description = "Put the tables into benchmarks/RESULTS.md." };

    public static Command Create()
    {
        Command command = new("peers", "Time whole stages beside other programs on the same made features, each run in a fresh process.");
        Option[] own =
        [
            s_shape, s_real, s_variants, s_repeat, s_python, s_peerFile, s_peerInput, s_timeLimit, s_onceOver, s_write,
        ];
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }

        JobOptions job = new();
        MadeOptions made = new();
        job.AddTo(command);
        made.AddTo(command);
        command.SetAction(given => new PeersRun(Settings(given, job, made)).Run());
        return command;
    }

    private static PeersSettings Settings(ParseResult given, JobOptions job, MadeOptions made) => new()
    {
        Shapes = given.GetRequiredValue(s_shape),
        Real = given.GetValue(s_real)?.FullName,
        Made = made.Of(given),
        Job = job.Settings(given, GnnVariant.Paper),
        Variants = given.GetRequiredValue(s_variants),
        Threads = given.GetValue(job.Threads),
        Repeat = given.GetValue(s_repeat),
        Python = given.GetRequiredValue(s_python),
        PeerFile = given.GetValue(s_peerFile)?.FullName,
        PeerInput = given.GetRequiredValue(s_peerInput),
        TimeLimit = TimeSpan.FromSeconds(given.GetValue(s_timeLimit)),
        OnceOver = TimeSpan.FromSeconds(given.GetValue(s_onceOver)),
        Write = given.GetValue(s_write),
    };
}
