using System.Diagnostics;

namespace GnnReRank.GpuKit.Running;

/// <summary>A child of this program, that ends at its limit, and when this process does.</summary>
internal static class StepProcess
{
    /// <summary>What a child that was ended at its limit returns.</summary>
    public const int Overrun = 124;

    // Of a child's children, one that outlives it may hold its output open.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    /// <summary>Runs it, and returns its exit code.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="limit">When it is ended, with its own children.</param>
    /// <param name="tell">Receives its output, line by line.</param>
    public static int Run(IEnumerable<string> arguments, TimeSpan limit, Action<string> tell)
    {
        using Process process = Start(arguments);
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        using CancellationTokenSource drained = new(s_drain);
        try
        {
            process.WaitForExitAsync(drained.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
        }

        return ended ? process.ExitCode : Overrun;

        void Tell(string? line)
        {
            if (line is not null)
            {
                lock (tell)
                {
                    tell(line);
                }
            }
        }
    }

    /// <summary>In a child: ends the process when its parent is gone, whose end of the pipe then closes.</summary>
    public static void EndWithParent()
    {
        Thread watch = new(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            Environment.Exit(KitExit.Failed);
        })
        {
            IsBackground = true,
        };
        watch.Start();
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        // Started by dotnet, a program is an argument of it.
        string program = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] own = isHosted ? [Path.Combine(AppContext.BaseDirectory, "gpu-kit.dll")] : [];
        return Process.Start(new ProcessStartInfo(program, [.. own, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }
}
