using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The options that several verbs have.</summary>
internal sealed class JobOptions
{
    public Option<int> K1 { get; } = new("--k1") { Description = "k1.", DefaultValueFactory = _ => GnnReRankSettings.DefaultK1 };

    public Option<int> K2 { get; } = new("--k2") { Description = "k2.", DefaultValueFactory = _ => GnnReRankSettings.DefaultK2 };

    public Option<int> Threads { get; } =
        new("--threads") { Description = "Threads of everything timed.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public static Option<JobShape> Shape() => new("--shape")
    {
        Description = $"Size of the job: {JobShape.Form}.",
        DefaultValueFactory = _ => JobShape.Market,
        CustomParser = result => JobShape.Parse(result.Tokens[0].Value),
    };

    public static Option<int> Repeat() => new("--repeat") { Description = "Runs; medians are shown.", DefaultValueFactory = _ => 5 };

    public void AddTo(Command command)
    {
        command.Options.Add(K1);
        command.Options.Add(K2);
        command.Options.Add(Threads);
    }

    public GnnReRankSettings Settings(ParseResult given, GnnVariant variant) =>
        new() { K1 = given.GetValue(K1), K2 = given.GetValue(K2), Variant = variant };
}
