using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Runs a peer's script in a process of its own; each line that it prints is reported at once.</summary>
/// <param name="lines">Receive its lines.</param>
/// <param name="shape">What it is run on.</param>
/// <param name="folder">The features, and what ours found.</param>
internal sealed class PeerScript(StepLines lines, KitShape shape, PeerFolder folder)
{
    // What a script returns where a package it needs is missing.
    private const int NotInstalled = 3;

    /// <summary>Runs it.</summary>
    /// <param name="script">The script's file.</param>
    /// <param name="limit">The time after which it is stopped.</param>
    /// <param name="own">Its own arguments.</param>
    public void Run(string script, TimeSpan limit, params string[] own)
    {
        string what = $"{shape.Name}: {script}";
        if (limit <= TimeSpan.Zero)
        {
            lines.Skip(what, KitLine.NoTime);
            return;
        }

        ProcessStartInfo start = new(lines.Context.Python, [folder.File(script), .. Common(limit), .. own])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PYTHONUNBUFFERED"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.OutputDataReceived += (_, line) => Add(line.Data);
            process.BeginOutputReadLine();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                lines.Skip(FormattableString.Invariant($"{what}, stopped after {limit.TotalSeconds:0} s"), KitLine.NoTime);
                return;
            }

            process.WaitForExit();
            Tell(what, process.ExitCode, errors.Result);
        }
        catch (Win32Exception)
        {
            lines.Skip(what, $"'{lines.Context.Python}' could not be started");
        }
    }

    private IEnumerable<string> Common(TimeSpan limit)
    {
        string[] common =
        [
            "--folder", folder.Path, "--name", shape.Name, "--queries", Text(shape.Job.Queries), "--k1", Text(shape.K1),
            "--k2", Text(shape.K2), "--repeat", Text(lines.Runs), "--budget", Text(limit.TotalSeconds * 0.9),
            "--device", lines.Context.IsSmall ? "cpu" : lines.Context.DeviceId.ToLowerInvariant(),
        ];
        if (lines.Peaks is not CardPeaks peaks)
        {
            return common;
        }

        double[] all = [peaks.Single, peaks.Tf32, peaks.Half, peaks.Memory];
        return [.. common, "--peaks", string.Join(',', all.Select(peak => Text(peak)))];
    }

    private void Add(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        PeerLine? line = null;
        try
        {
            line = JsonSerializer.Deserialize(text, PeerLineContext.Default.PeerLine);
        }
        catch (JsonException)
        {
            // What a package prints of its own is no line of ours.
        }

        if (line is not null)
        {
            lines.Add(line);
        }
    }

    private void Tell(string what, int exitCode, string errors)
    {
        const StringSplitOptions words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        string last = errors.Split('\n', words).LastOrDefault() ?? "";
        if (exitCode == NotInstalled)
        {
            lines.Skip(what, last);
        }
        else if (exitCode != 0)
        {
            lines.Check(what, passes: false, FormattableString.Invariant($"exit code {exitCode}: {last}"));
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
