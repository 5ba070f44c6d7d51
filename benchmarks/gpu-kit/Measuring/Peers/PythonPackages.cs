using System.ComponentModel;
using System.Diagnostics;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Which packages a Python lacks.</summary>
/// <param name="Missing">Those that it lacks.</param>
/// <param name="Error">Why it could not be asked; null where it was.</param>
internal sealed record PythonPackages(IReadOnlyList<string> Missing, string? Error = null)
{
    // Packages are looked for and not loaded, which takes seconds for some.
    private const string Question =
        "import importlib.util as u, sys; print(*(n for n in sys.argv[1:] if u.find_spec(n) is None))";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Asks a Python.</summary>
    /// <param name="python">The program.</param>
    /// <param name="names">The packages, as they are imported.</param>
    public static PythonPackages Find(string python, params string[] names)
    {
        try
        {
            ProcessStartInfo start = new(python, ["-c", Question, .. names])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> said = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return new PythonPackages([], $"'{python}' did not answer");
            }

            return process.ExitCode == 0
                ? new PythonPackages(said.Result.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                : new PythonPackages([], $"'{python}' failed: {errors.Result.Trim().Split('\n')[^1]}");
        }
        catch (Win32Exception)
        {
            return new PythonPackages([], $"'{python}' could not be started");
        }
    }
}
