using System.Diagnostics;
using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>Runs an entrant in a process of its own.</summary>
internal static class ChildProcess
{
    // What a peer script returns where a package it needs is missing.
    private const int NotInstalled = 3;

    // A machine may be set up with these for older programs; they hold a BLAS back from what it can do here.
    private static readonly string[] s_brakes = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    /// <summary>Starts it, waits, and reads the last line it prints.</summary>
    /// <returns>The line, or the reason why there is none.</returns>
    public static (string? Line, string? Reason) Run(Entrant entrant, int threads, TimeSpan limit)
    {
        ProcessStartInfo start = new(entrant.FileName, entrant.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in s_brakes)
        {
            start.Environment.Remove(name);
        }

        foreach (string name in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
        {
            start.Environment[name] = threads.ToString(CultureInfo.InvariantCulture);
        }

        try
        {
            using Process process = Process.Start(start)!;
            return Wait(process, limit);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"not run: '{Path.GetFileName(entrant.FileName)}' could not be started");
        }
    }

    private static (string? Line, string? Reason) Wait(Process process, TimeSpan limit)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (null, FormattableString.Invariant($"> {limit.TotalSeconds:0} s, stopped"));
        }

        string? line = LastLine(output.Result);
        return process.ExitCode switch
        {
            0 when line is not null => (line, null),
            NotInstalled => (null, $"not run: {LastLine(errors.Result)}"),
            _ => (null, $"failed (exit code {process.ExitCode}): {LastLine(errors.Result)}"),
        };
    }

    private static string? LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
