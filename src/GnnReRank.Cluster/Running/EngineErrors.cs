namespace GnnReRank.Cluster.Running;

/// <summary>What keeps a job from running.</summary>
internal static class EngineErrors
{
    public static GnnReRankException WorkerNotStarted(string program, Exception fault) => new(
        "WorkerNotStarted", ErrorKind.NotFound,
        $"The worker of the plan could not be started: '{program}': {fault.Message}. Plan the job anew with -Worker " +
        "and the command line of a worker that is there on every machine.", fault);

    public static GnnReRankException WorkerEnded(IReadOnlyList<string> worker, int code, string said) => new(
        "WorkerEnded", ErrorKind.NotSupported,
        $"The worker of the plan, '{string.Join(' ', worker)}', ended at once with exit code {code}: {said.Trim()}");

    public static GnnReRankException OtherHost(string host) => new(
        "JobOnOtherHost", ErrorKind.NotSupported,
        $"The job was started on {host} with -Engine Local, and this is {Environment.MachineName}. Stop or resume it " +
        "there.");

    public static GnnReRankException SlurmMissing(string program, Exception? fault = null) => new(
        "SlurmMissing", ErrorKind.NotFound,
        $"'{program}' was not found on the PATH: Slurm's commands are not there. Call this on a machine of the " +
        "cluster, or run the job here with -Engine Local.", fault);

    public static GnnReRankException SlurmRefused(string program, int code, string said) => new(
        "SlurmRefused", ErrorKind.InvalidArgument,
        $"{program} ended with exit code {code}: {said.Trim()}. Correct -Partition, -Account, -TimeLimit, -Gres or " +
        "-SbatchArgument, or ask again when Slurm answers.");

    public static GnnReRankException SlurmSilent(string program) => new(
        "SlurmSilent", ErrorKind.NotSupported,
        $"{program} gave no answer within {SlurmCommands.Patience.TotalSeconds:0} seconds. Nothing was changed: ask " +
        "again when Slurm answers.");

    public static GnnReRankException SlurmWord(string name, string word) => new(
        "SlurmWordBroken", ErrorKind.InvalidArgument,
        $"{name} is '{word}', and a line break cannot stand in a script of Slurm. Give it without.");

    public static GnnReRankException Busy(string path) => new(
        "JobBusy", ErrorKind.AlreadyExists,
        $"Another call starts or stops the job in '{path}' right now. Wait until it has ended, and see " +
        "Get-ReRankClusterJob.");

    public static GnnReRankException Runs(string path, string how) => new(
        "JobRuns", ErrorKind.AlreadyExists,
        $"The job in '{path}' runs already{how}. Wait for it with Wait-ReRankClusterJob, or stop it first.");

    public static GnnReRankException IsDone(string path) => new(
        "JobIsDone", ErrorKind.AlreadyExists,
        $"All items of the job in '{path}' are done: there is nothing to start. Take its ranking with " +
        "Receive-ReRankClusterJob.");

    public static GnnReRankException NeverStarted(string path) => new(
        "JobNotStarted", ErrorKind.InvalidArgument,
        $"The job in '{path}' was never started. Start it with Start-ReRankClusterJob.");

    public static GnnReRankException Unknown(string path, string? note) => new(
        "JobStateUnknown", ErrorKind.NotSupported,
        $"Whether the tasks of the job in '{path}' run cannot be told: {note} Nothing was changed.");
}
