using System.Globalization;
using System.Runtime.InteropServices;

namespace GnnReRank.Benchmarks;

/// <summary>What a reader must know of the machine and the command.</summary>
internal static class MachineFacts
{
    public static string Describe(PeersSettings settings)
    {
        string load = ReadAll("/proc/loadavg")?.Split(' ')[0] ?? "unknown";
        return string.Join('\n',
            $"    {Command()}",
            "",
            $"{Machine()}; load {load} at the start. {settings.Threads} threads for every program that uses several.",
            FormattableString.Invariant($"Made features: seed {settings.Made.Seed}. ") +
            FormattableString.Invariant($"Medians of {settings.Repeat} runs in turns, each in a fresh process after a warm-up on a few rows; ") +
            FormattableString.Invariant($"one run where the first took over {settings.OnceOver.TotalSeconds:0} s. ") +
            "Peaks are a whole process's, its runtime and the features included.");
    }

    /// <summary>The processor, memory, system and runtime.</summary>
    public static string Machine() =>
        FormattableString.Invariant(
            $"{ValueOf("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString()}, ") +
        FormattableString.Invariant($"{Environment.ProcessorCount} cores ({string.Join(", ", EngineParts.KernelNames)}), ") +
        FormattableString.Invariant($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB, {OperatingSystem()}, ") +
        $".NET {Environment.Version}";

    /// <summary>The memory that programs may take without moving others out.</summary>
    public static long AvailableBytes() =>
        ValueOf("/proc/meminfo", "MemAvailable") is string text
            ? long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) * 1024
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The command as it would be typed; of a path, its last name.</summary>
    private static string Command()
    {
        IEnumerable<string> arguments = Environment.GetCommandLineArgs().Skip(1)
            .Select(argument => Path.IsPathRooted(argument) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(argument)) : argument);
        return $"dotnet run --project benchmarks/GnnReRank.Benchmarks -c Release -- {string.Join(' ', arguments)}";
    }

    private static string OperatingSystem() =>
        ReadAll("/etc/os-release")?.Split('\n').FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            ?.Split('=')[1].Trim('"') ?? RuntimeInformation.OSDescription;

    private static string? ValueOf(string file, string name) => ReadAll(file)?.Split('\n')
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    private static string? ReadAll(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
