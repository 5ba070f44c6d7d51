using System.Diagnostics;
using System.Globalization;
using GnnReRank.GpuKit.Conformance;

namespace GnnReRank.GpuKit.Running;

/// <summary>The parent: runs each step in a process of its own, and makes the table.</summary>
internal sealed class KitRunner(KitOptions options)
{
    /// <summary>Of the table.</summary>
    public const string TableName = "report.md";

    // A step that breaks this often will not come to its end.
    private const int MostResumes = 12;

    // The steps before what is asked for beside them.
    private const int LastOfWorth = 3;

    private static readonly TimeSpan s_probeLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_worthStarting = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_besideLimit = TimeSpan.FromSeconds(120);

    private readonly KitReport _report = new(Path.Combine(options.Out, KitReport.FileName));
    private readonly string _log = Path.Combine(options.Out, "log.txt");
    private readonly long _started = Stopwatch.GetTimestamp();

    private TimeSpan Left => options.Budget - Stopwatch.GetElapsedTime(_started);

    public int Run()
    {
        if (!options.ReportsAlone && NoDevice() is string why)
        {
            Console.WriteLine(why);
            return KitExit.NoDevice;
        }

        Directory.CreateDirectory(options.Out);
        if (!options.ReportsAlone)
        {
            RunAll();
        }

        IReadOnlyList<KitLine> lines = _report.Read();
        File.WriteAllText(Path.Combine(options.Out, TableName), KitTable.Make(lines));
        Console.WriteLine();
        Console.WriteLine(KitTable.Make(lines, KitTable.MostCharacters));
        return lines.Any(line => line.Verdict == KitVerdict.Failed) ? KitExit.Failed
            : lines.Any(line => line.IsLeftOut) ? KitExit.Incomplete
            : KitExit.Passed;
    }

    private void RunAll()
    {
        string[] besides = [.. Besides()];
        IKitStep[] steps =
        [
            .. KitSteps.All.Where(step =>
                options.Steps.Count == 0 ? besides.Length == 0 : options.Steps.Contains(step.Number)),
        ];
        _report.Drop([0, .. steps.Select(step => step.Number)]);
        File.Delete(_log);
        foreach (string mark in Directory.GetFiles(options.Out, $"*{BreakMark.Ending}"))
        {
            File.Delete(mark);
        }

        // What proves the engine is worth more than a closer look, and that more than the rest.
        RunSteps(steps.Where(step => step.Number <= LastOfWorth));
        foreach (string word in besides)
        {
            RunOne(0, word, s_besideLimit, canResume: false);
        }

        RunSteps(steps.Where(step => step.Number > LastOfWorth));
    }

    private void RunSteps(IEnumerable<IKitStep> steps)
    {
        foreach (IKitStep step in steps)
        {
            RunOne(step.Number, step.Name, options.Limit ?? step.Limit, step.CanResume);
        }
    }

    /// <summary>What is asked for beside the steps.</summary>
    private IEnumerable<string> Besides() =>
    [
        .. options.Dumps ? [KitChild.Dump] : Array.Empty<string>(),
        .. options.Profile is null ? Array.Empty<string>() : [KitChild.Profile],
    ];

    /// <summary>The line that says why there is nothing to prove; null where there is.</summary>
    /// <remarks>Asked in a process of its own: a broken library of a driver may take its process with it.</remarks>
    private string? NoDevice()
    {
        if (options.Dumps && options.Steps is [] && options.Profile is null && options.Emulates)
        {
            return null;
        }

        List<string> said = [];
        int code = StepProcess.Run(options.ForChild(KitChild.Probe, s_probeLimit), s_probeLimit, said.Add);
        return code switch
        {
            KitExit.Passed => null,
            KitExit.NoDevice => said.LastOrDefault() ?? "No device.",
            StepProcess.Overrun => $"No device: the driver did not answer within {s_probeLimit.TotalSeconds:F0} s.",
            _ => $"No device: the driver broke when it was asked (exit code {code}). {said.FirstOrDefault()}".TrimEnd(),
        };
    }

    private void RunOne(int number, string name, TimeSpan ownLimit, bool canResume)
    {
        string what = number == 0 ? name : $"step {number}: {name}";
        TimeSpan limit = Left < ownLimit ? Left : ownLimit;
        if (Left < s_worthStarting)
        {
            _report.Add(new KitLine(number, what, KitVerdict.Skipped, Note: KitLine.NoTime));
            return;
        }

        long started = Stopwatch.GetTimestamp();
        int resumes = 0;
        int code;
        do
        {
            TimeSpan left = limit - Stopwatch.GetElapsedTime(started);
            code = left <= TimeSpan.Zero
                ? StepProcess.Overrun
                : StepProcess.Run(options.ForChild(number == 0 ? name : $"{number}", left), left, Tell);
        }
        while (canResume && code is not (KitExit.Passed or KitExit.Failed or StepProcess.Overrun) && resumes++ < MostResumes);

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _report.Add(new KitLine(number, what, VerdictOf(number, code), seconds, "s", Note: NoteOf(code, limit, resumes)));
    }

    private KitVerdict VerdictOf(int number, int code) =>
        code == KitExit.Passed && !_report.Read().Any(line => line.Step == number && line.Verdict == KitVerdict.Failed)
            ? KitVerdict.Passed
            : KitVerdict.Failed;

    private static string NoteOf(int code, TimeSpan limit, int resumes)
    {
        string again = resumes == 0 ? string.Empty : $"{resumes} fresh processes went on where one broke. ";
        return again + code switch
        {
            KitExit.Passed => string.Empty,
            KitExit.Failed => "Some of it failed.",
            StepProcess.Overrun => string.Create(
                CultureInfo.InvariantCulture, $"It was cut at its limit of {limit.TotalSeconds:0.##} s; what it found before stands."),
            _ => $"Its process broke with exit code {code}; what it found before stands, and {Path.GetFileName("log.txt")} has its words.",
        };
    }

    private void Tell(string line)
    {
        Console.WriteLine(line);
        File.AppendAllText(_log, line + Environment.NewLine);
    }
}
