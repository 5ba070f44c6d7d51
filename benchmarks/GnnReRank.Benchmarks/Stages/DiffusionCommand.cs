using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "diffusion": the default method beside GNN re-ranking, on made features, in one process.</summary>
internal static class DiffusionCommand
{
    public static Command Create()
    {
        Command command = new(
            "diffusion", "Time diffusion beside GNN re-ranking on made features, in turn: medians over several runs.");
        Option<JobShape> shape = JobOptions.Shape();
        Option<int> repeat = JobOptions.Repeat();
        JobOptions job = new();
        MadeOptions made = new();
        command.Options.Add(shape);
        command.Options.Add(repeat);
        command.Options.Add(job.Threads);
        made.AddTo(command);
        command.SetAction(given => new DiffusionRun(
            given.GetRequiredValue(shape), given.GetValue(job.Threads), given.GetValue(repeat)).Run(made.Of(given)));
        return command;
    }
}
