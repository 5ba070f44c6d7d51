using System.Management.Automation;
using System.Reflection;

namespace GnnReRank.Shell.Startup;

/// <summary>What -Help and -Version print.</summary>
internal static class Usage
{
    public const string Text = """
        A PowerShell with the GnnReRank module imported, for machines that have no pwsh.

        Usage: dotnet run --project src/GnnReRank.Shell -c Release -- [-Module PATH] [WHAT]

          FILE.ps1 [arguments]   run a script; arguments bind as in PowerShell
          -Command TEXT          run the rest of the line; "-" reads commands from standard input
          (nothing)              a prompt; "exit" leaves, Ctrl+C stops the running command

          -Module PATH           import this manifest instead of the one beside the program
          -Version, -Help

        Results go to standard output. Errors, warnings, verbose and debug messages go to standard error.
        Exit codes: 0; 1 after an uncaught error; N after "exit N"; 64 for a wrong command line; 130 after Ctrl+C.
        """;

    public static string Version =>
        $"GnnReRank {InformationalVersion(typeof(Usage))} on PowerShell {InformationalVersion(typeof(PSObject))}, .NET {Environment.Version}";

    private static string InformationalVersion(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0];
}
