namespace GnnReRank.Cluster.Planning;

/// <summary>The command line of the worker that lies beside this module.</summary>
internal static class WorkerCommand
{
    private const string Worker = "GnnReRank.Worker.dll";

    private static string DotNet => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <exception cref="GnnReRankException">The worker or dotnet is not there.</exception>
    public static IReadOnlyList<string> Usual()
    {
        string worker = Path.Combine(OwnFolder(), Worker);
        if (!File.Exists(worker))
        {
            throw new GnnReRankException(
                "WorkerNotFound", ErrorKind.NotFound,
                $"'{worker}' is not there, and it lies beside the module's engine. Install the module anew, or give " +
                "the worker's command line with -Worker.");
        }

        string host = FindHost(
            Environment.GetEnvironmentVariable("PATH"), Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            Environment.ProcessPath) ?? throw new GnnReRankException(
            "DotNetNotFound", ErrorKind.NotFound,
            "dotnet was found neither on the PATH nor in DOTNET_ROOT, and workers run as 'dotnet " +
            "GnnReRank.Worker.dll'. Install the .NET 10 runtime, or give -Worker, such as -Worker /usr/bin/dotnet, " +
            $"'{worker}'.");
        return [host, worker];
    }

    /// <summary>
    /// The path of dotnet: on the PATH, in DOTNET_ROOT, or this process's own program where it is that.
    /// </summary>
    public static string? FindHost(string? path, string? root, string? own)
    {
        IEnumerable<string> folders = (path ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? found = folders.Append(root).Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.GetFullPath(Path.Combine(folder!, DotNet))).FirstOrDefault(File.Exists);
        return found ?? (Path.GetFileName(own) == DotNet ? own : null);
    }

    private static string OwnFolder() => Path.GetDirectoryName(typeof(WorkerCommand).Assembly.Location)!;
}
