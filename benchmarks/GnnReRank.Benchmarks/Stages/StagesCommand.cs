using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "stages": the stages of a whole job on made features, in one process.</summary>
internal static class StagesCommand
{
    public static Command Create()
    {
        Command command = new("stages", "Time the stages of a job on made features: medians over several runs in one process.");
        Option<JobShape> shape = JobOptions.Shape();
        Option<GnnVariant> variant = new("--variant") { Description = "Paper or Reference.", DefaultValueFactory = _ => GnnVariant.Paper };
        Option<int> repeat = JobOptions.Repeat();
        JobOptions job = new();
        MadeOptions made = new();
        command.Options.Add(shape);
        command.Options.Add(variant);
        command.Options.Add(repeat);
        job.AddTo(command);
        made.AddTo(command);
        command.SetAction(given => new StagesRun(
            given.GetRequiredValue(shape), job.Settings(given, given.GetValue(variant)), given.GetValue(job.Threads),
            given.GetValue(repeat)).Run(made.Of(given)));
        return command;
    }
}
