using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "cluster": a job in items, by worker processes on this machine, beside one process.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        Command command = new(
            "cluster",
            "Run a cluster job's items in processes on this machine, beside one process: processor time, bits, and what " +
            "an item of each stage takes.");
        Argument<DirectoryInfo> folder = new("folder")
        {
            Description = "Where features and job go: features that are there are used again, a job that is there goes on.",
        };
        Option<JobShape> shape = JobOptions.Shape();
        Option<int> latent = new("--latent")
        {
            Description = "Dimensions in which made rows differ.", DefaultValueFactory = _ => 32,
        };
        Option<string> method = new("--method") { Description = "Diffusion, Gnn or Cosine.", DefaultValueFactory = _ => "Diffusion" };
        Option<double?> recall = new("--recall") { Description = "The recall of an approximate graph; exact without it." };
        Option<int> shardSize = new("--shard-size") { Description = "Rows a shard.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> tasks = new("--tasks") { Description = "Processes at a time.", DefaultValueFactory = _ => 2 };
        Option<double> memory = new("--memory") { Description = "Gigabytes a task.", DefaultValueFactory = _ => 6 };
        Option<bool> alone = new("--alone") { Description = "Leave the one process out." };
        Option<bool> isPeer = new("--one-process") { Description = "Be the one process.", Hidden = true };
        JobOptions job = new();
        command.Arguments.Add(folder);
        foreach (Option option in (Option[])[shape, latent, method, recall, shardSize, tasks, memory, alone, isPeer])
        {
            command.Options.Add(option);
        }

        job.AddTo(command);
        command.SetAction(given =>
        {
            ClusterRun run = new(
                given.GetRequiredValue(folder).FullName, given.GetRequiredValue(shape),
                Method(given.GetValue(method)!, given.GetValue(job.K1), given.GetValue(job.K2)), given.GetValue(recall),
                given.GetValue(job.Threads));
            return given.GetValue(isPeer)
                ? run.RunHere()
                : run.Run(
                    given.GetValue(latent), given.GetValue(shardSize), given.GetValue(tasks), given.GetValue(memory),
                    given.GetValue(alone) ? null : Environment.GetCommandLineArgs());
        });
        return command;
    }

    private static MethodSettings Method(string name, int k1, int k2) => name switch
    {
        "Diffusion" => new DiffusionSettings(),
        "Gnn" => new GnnReRankSettings { K1 = k1, K2 = k2 },
        "Cosine" => new CosineSettings(),
        _ => throw new ArgumentException($"'{name}' is no method of cluster jobs."),
    };
}
