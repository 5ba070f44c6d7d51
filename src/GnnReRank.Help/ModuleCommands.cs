using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GnnReRank.Help;

/// <summary>The module's commands, with parameter sets and all, from a PowerShell that has imported it.</summary>
internal static class ModuleCommands
{
    public static IReadOnlyList<CmdletInfo> Load(string manifest)
    {
        using PowerShell powerShell = PowerShell.Create(InitialSessionState.CreateDefault2());
        powerShell.AddCommand("Import-Module").AddParameter("Name", Path.GetFullPath(manifest)).AddParameter("ErrorAction", ActionPreference.Stop);
        powerShell.Invoke();
        powerShell.Commands.Clear();
        powerShell.AddCommand("Get-Command").AddParameter("Module", Path.GetFileNameWithoutExtension(manifest));
        List<CmdletInfo> commands = [.. powerShell.Invoke<CmdletInfo>().OrderBy(command => command.Name, StringComparer.Ordinal)];

        // Parameter sets are read lazily, and only while the runspace is open.
        commands.ForEach(command => _ = command.ParameterSets.Count);
        return commands;
    }
}
