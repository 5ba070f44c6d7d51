using System.CommandLine;
using System.CommandLine.Parsing;

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
        CustomParser = result => ShapesOf(result).FirstOrDefault(JobShape.Market),
    };

    public static Option<int> Repeat() => new("--repeat") { Description = "Runs; medians are shown.", DefaultValueFactory = _ => 5 };

    /// <summary>The shapes of an option's values; one that cannot be read is said at the end of the parse.</summary>
    public static JobShape[] ShapesOf(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(token => JobShape.Parse(token.Value))];
        }
        catch (ArgumentException error)
        {
            result.AddError(error.Message);
            return [];
        }
    }

    public void AddTo(Command command)
    {
        command.Options.Add(K1);
        command.Options.Add(K2);
        command.Options.Add(Threads);
    }

    public GnnReRankSettings Settings(ParseResult given, GnnVariant variant) =>
        new() { K1 = given.GetValue(K1), K2 = given.GetValue(K2), Variant = variant };
}
