using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "index": single queries, and rows added and removed, on made features.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        Command command = new(
            "index", "Time an index: the scan beside a plain read, single queries, rows added and removed beside a rebuild.");
        Option<JobShape> shape = JobOptions.Shape();
        Option<int> repeat = new("--repeat") { Description = "Single queries timed.", DefaultValueFactory = _ => 200 };
        Option<string[]> methods = new("--method")
        {
            Description = "Cosine, Diffusion, Gnn.", DefaultValueFactory = _ => ["Cosine", "Diffusion", "Gnn"],
            AllowMultipleArgumentsPerToken = true,
        };
        JobOptions job = new();
        MadeOptions made = new();
        command.Options.Add(shape);
        command.Options.Add(repeat);
        command.Options.Add(methods);
        job.AddTo(command);
        made.AddTo(command);
        command.SetAction(given => new IndexRun(
            given.GetRequiredValue(shape), job.Settings(given, GnnVariant.Paper), given.GetValue(job.Threads),
            given.GetValue(repeat), given.GetRequiredValue(methods)).Run(made.Of(given)));
        return command;
    }
}
