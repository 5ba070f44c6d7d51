using System.Diagnostics;

namespace GnnReRank.Fuzz.Running;

/// <summary>Runs the worker in a process of its own, so that one that dies is a finding and not the end.</summary>
internal static class Supervisor
{
    public static int Run(FuzzOptions options, string[] arguments)
    {
        Directory.CreateDirectory(options.Save);
        string child = Path.Combine(options.Save, $"child-{Environment.ProcessId}.json");
        Tally tally = new();
        Stopwatch clock = Stopwatch.StartNew();
        long first = options.First;
        long end = options.First + options.Count;
        while (first < end && clock.Elapsed.TotalMinutes < options.Minutes)
        {
            File.Delete(child);
            int exit = Start([.. arguments, "--first", $"{first}", "--count", $"{end - first}", "--minutes", FormattableString.Invariant($"{options.Minutes - clock.Elapsed.TotalMinutes}"), "--child", child]);
            tally.Add(Tally.Read(child));
            if (exit == 0)
            {
                break;
            }

            if (!File.Exists(child + ".at"))
            {
                return exit;
            }

            string[] at = File.ReadAllText(child + ".at").TrimEnd().Split('\t');
            string kind = exit == Watch.StuckExit ? "not stopped by Stop() after 30 s" : $"the process died ({exit})";
            string saved = Path.Combine(Directory.CreateDirectory(Path.Combine(options.Save, $"{options.Seed}-{at[0]}")).FullName, Path.GetFileName(at[1]));
            File.Copy(at[1], saved, overwrite: true);
            Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(at[1]))!, recursive: true);
            tally.CountFinding($"{at[2]}: {kind}");
            Console.WriteLine($"FINDING {at[2]}: {kind} | input {at[0]} of {at[3]} | {at[4]} | {saved}");
            first = long.Parse(at[0]) + 1;
        }

        File.Delete(child);
        File.Delete(child + ".at");
        tally.Print(clock.Elapsed);
        return tally.Findings.Count == 0 ? 0 : 1;
    }

    private static int Start(string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        ProcessStartInfo start = new(program, isHost ? [typeof(Supervisor).Assembly.Location, .. arguments] : arguments);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
