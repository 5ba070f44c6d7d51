using System.ComponentModel;
using System.Diagnostics;

namespace GnnReRank.Cluster.Running;

/// <summary>Slurm's own programs.</summary>
/// <param name="folder">Where they lie; null looks on the PATH.</param>
internal sealed class SlurmCommands(string? folder = null)
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    /// <exception cref="GnnReRankException">It is not there, or did not end.</exception>
    public (int Code, string Output, string Error) Run(string program, params IReadOnlyList<string> words)
    {
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo(folder is null ? program : Path.Combine(folder, program), words)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            throw EngineErrors.SlurmMissing(program, fault);
        }

        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw EngineErrors.SlurmSilent(program);
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a program that must do what it is asked.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="GnnReRankException">It is not there, did not end, or refuses.</exception>
    public string Require(string program, params IReadOnlyList<string> words)
    {
        (int code, string output, string error) = Run(program, words);
        return code == 0 ? output : throw EngineErrors.SlurmRefused(program, code, error.Length > 0 ? error : output);
    }
}
