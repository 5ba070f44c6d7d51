using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GnnReRank.Help;

/// <summary>The module's commands, with parameter sets and all, from a PowerShell that has imported it; and the engine's methods.</summary>
internal static class ModuleCommands
{
    /// <param name="manifest">The module.</param>
    /// <param name="methods">Makes of the engine's list of methods what help needs of it.</param>
    public static (IReadOnlyList<CmdletInfo> Commands, MethodHelp Methods) Load(string manifest, MethodReader methods)
    {
        using PowerShell powerShell = PowerShell.Create(InitialSessionState.CreateDefault2());
        powerShell.AddCommand("Import-Module").AddParameter("Name", Path.GetFullPath(manifest)).AddParameter("ErrorAction", ActionPreference.Stop);
        powerShell.Invoke();
        powerShell.Commands.Clear();
        powerShell.AddCommand("Get-Command").AddParameter("Module", Path.GetFileNameWithoutExtension(manifest));
        List<CmdletInfo> commands = [.. powerShell.Invoke<CmdletInfo>().OrderBy(command => command.Name, StringComparer.Ordinal)];

        // Parameter sets are read lazily, and only while the runspace is open.
        commands.ForEach(command => _ = command.ParameterSets.Count);
        powerShell.Commands.Clear();
        powerShell.AddScript("[GnnReRank.ReRankMethods]::All");
        string[] reserved =
        [
            .. from command in commands
               where command.Parameters.Values.Any(parameter => parameter.IsDynamic)
               from parameter in command.Parameters.Values
               where !parameter.IsDynamic
               select parameter.Name,
        ];
        IReadOnlyList<MethodFacts> all = methods.Read(powerShell.Invoke(), reserved);
        return (commands, new MethodHelp(all, commands
            .Where(command => command.ImplementingType.GetInterfaces().Contains(typeof(IDynamicParameters)))
            .ToDictionary(command => command.Name, command => Offered(powerShell, command.Name))));
    }

    private static string[] Offered(PowerShell powerShell, string command)
    {
        powerShell.Commands.Clear();
        string typed = $"{command} -Method ";
        powerShell.AddCommand("TabExpansion2").AddArgument(typed).AddArgument(typed.Length);
        CommandCompletion found = powerShell.Invoke<CommandCompletion>().Single();
        return [.. found.CompletionMatches.Select(match => match.CompletionText)];
    }
}
