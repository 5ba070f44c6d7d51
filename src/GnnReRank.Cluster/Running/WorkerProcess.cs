using System.ComponentModel;
using System.Diagnostics;

namespace GnnReRank.Cluster.Running;

/// <summary>A worker that this process started, and that ends with it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="words">Its command line.</param>
    /// <param name="log">Where its output goes; safe from any thread.</param>
    /// <exception cref="GnnReRankException">It could not be started.</exception>
    public WorkerProcess(IReadOnlyList<string> words, TextWriter log)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Write(log, line.Data);
        _process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        try
        {
            _process.Start();
        }
        catch (Win32Exception fault)
        {
            throw EngineErrors.WorkerNotStarted(words[0], fault);
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled; the worker is ended.</exception>
    public int WaitForExit(CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => _process.Kill(entireProcessTree: true)))
        {
            _process.WaitForExit();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    /// <summary>Writes a line, where the disk has room for it.</summary>
    public static void Write(TextWriter log, string? line)
    {
        try
        {
            if (line is not null)
            {
                log.WriteLine(line);
            }
        }
        catch (IOException)
        {
            // A full disk must not end what watches the worker.
        }
    }
}
