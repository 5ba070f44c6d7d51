using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The hidden verb "engine": one measurement of ours in a process of its own.</summary>
internal static class EngineCommand
{
    public const string Prepare = "prepare";
    public const string Neighbors = "kNN";
    public const string Whole = "whole";
    public const string Sort = "sort";
    public const string Reciprocal = "k-reciprocal";

    public static Command Create()
    {
        Command command = new("engine", "One measurement, for 'peers'.") { Hidden = true };
        Argument<string> measure = new("measure");
        Option<DirectoryInfo> folder = new("--folder") { Required = true };
        Option<GnnVariant> variant = new("--variant");
        Option<int?> top = new("--top");
        Option<FileInfo> real = new("--real");
        JobOptions job = new();
        command.Arguments.Add(measure);
        command.Options.Add(folder);
        command.Options.Add(variant);
        command.Options.Add(top);
        command.Options.Add(real);
        job.AddTo(command);
        command.SetAction(given =>
        {
            EngineJob run = new(
                given.GetRequiredValue(folder).FullName, job.Settings(given, given.GetValue(variant)), given.GetValue(top),
                given.GetValue(job.Threads));
            return given.GetRequiredValue(measure) switch
            {
                Prepare => run.Prepare(given.GetValue(real)?.FullName),
                Neighbors => run.TimeNeighbors(),
                Whole => run.TimeWhole(),
                Reciprocal => run.TimeMethod(StageLabels.Reciprocal, new KReciprocalSettings()),
                _ => run.TimeSort(),
            };
        });
        return command;
    }
}
