using System.Diagnostics;

namespace GnnReRank.Tests.Module;

/// <summary>The project's own host as a process of its own, as a person starts it.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>The host built in the same configuration as these tests.</summary>
    private static string Program { get; } = Path.Combine(
        TestPaths.Repository, "src", "GnnReRank.Shell", "bin", Configuration, "net10.0", "GnnReRank.Shell.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static ShellRun Run(params string[] arguments) => RunWithInput(string.Empty, arguments);

    public static ShellRun RunWithInput(string input, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The host did not end within {s_patience}: {string.Join(' ', arguments)}");
        }

        return new ShellRun(Lines(output.Result), Lines(error.Result), process.ExitCode);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
