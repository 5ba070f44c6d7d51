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

    public static GnnReRankException OtherHost(string host, string start) => new(
        "JobOnOtherHost", ErrorKind.NotSupported,
        $"The job was started on {host} with -Engine Local, and this is {Environment.MachineName}. Stop it there. " +
        WayOut(start));

    /// <summary>What to do where the machine that ran a job is gone.</summary>
    /// <param name="start">The path of start.json.</param>
    public static string WayOut(string start) =>
        $"If that machine is gone, or has another name now, and surely runs nothing of the job, delete '{start}' and " +
        "start the job with Start-ReRankClusterJob: what is done is not done again.";

    public static GnnReRankException Replaced(string found, string own) => new(
        "JobReplaced", ErrorKind.NotSupported,
        $"The job in this directory is {found}, and this call or task belongs to {own}: the directory holds another " +
        "job by now. Cancel the tasks of the old one, and get the new one with Get-ReRankClusterJob.");

    public static GnnReRankException NotUsable(string path, Exception fault) => new(
        "JobDirectoryNotUsable", ErrorKind.InvalidArgument,
        $"A file of the job in '{path}' could not be read or written: {fault.Message.TrimEnd('.')}. Where no space " +
        "is left, free some; where it is forbidden, allow it. Then give the command again: what is done stays.", fault);

    public static GnnReRankException SlurmWordTaken(string word) => new(
        "SlurmWordTaken", ErrorKind.InvalidArgument,
        $"-SbatchArgument holds '{word}', and the job sets its array, name and dependencies itself. Leave it out; " +
        "-Tasks of New-ReRankClusterJob says how many tasks a step has.");

    public static GnnReRankException SlurmMissing(string program, Exception? fault = null) => new(
        "SlurmMissing", ErrorKind.NotFound,
        $"'{program}' was not found on the PATH: Slurm's commands are not there. Call this on a machine of the " +
        "cluster, or run the job here with -Engine Local.", fault);

    public static GnnReRankException SlurmRefused(string program, int code, string said) => new(
        "SlurmRefused", ErrorKind.InvalidArgument,
        $"{program} ended with exit code {code}: {OneLine(said)}. Correct -Partition, -Account, -TimeLimit, -Gres or " +
        "-SbatchArgument, or ask again when Slurm answers.");

    /// <summary>What a program wrote, for the middle of a sentence.</summary>
    public static string OneLine(string said) => string.Join(
        "; ", said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');

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
        "Receive-ReRankClusterJob. If a file of it is lost, delete the mark of what wrote it, in the folder 'done', " +
        "and resume.");

    public static GnnReRankException NeverStarted(string path, string? note = null) => new(
        "JobNotStarted", ErrorKind.InvalidArgument,
        $"The job in '{path}' was never started. {(note is null ? string.Empty : $"{note} ")}Start it with " +
        "Start-ReRankClusterJob.");

    public static GnnReRankException Unknown(string path, string? note) => new(
        "JobStateUnknown", ErrorKind.NotSupported,
        $"Whether the tasks of the job in '{path}' run cannot be told: {note} Nothing was changed.");
}
