using System.Management.Automation;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>One way to give a file to a command.</summary>
/// <param name="Text">For people.</param>
/// <param name="Add">Adds the command with its parameters; it is given the file's full path.</param>
internal sealed record Call(string Text, Action<PowerShell, string> Add)
{
    public static Call Of(string command, string pathParameter, params (string Name, object? Value)[] parameters) => new(
        $"{command} {string.Join(' ', parameters.Select(parameter => $"-{parameter.Name} {Shown(parameter.Value)}"))}".Trim(),
        (shell, path) =>
        {
            shell.AddCommand(command).AddParameter(pathParameter, path);
            foreach ((string name, object? value) in parameters)
            {
                _ = value is null ? shell.AddParameter(name) : shell.AddParameter(name, value);
            }
        });

    /// <summary>The same, its result piped on to another command.</summary>
    public Call Then(string command, params (string Name, object? Value)[] parameters) => new(
        $"{Text} | {command}",
        (shell, path) =>
        {
            Add(shell, path);
            shell.AddCommand(command);
            foreach ((string name, object? value) in parameters)
            {
                _ = value is null ? shell.AddParameter(name) : shell.AddParameter(name, value);
            }
        });

    /// <summary>What checksums guard in this call: a mapped file is not read through to be checked.</summary>
    public Guard Guarded(Guard whole) => whole == Guard.All && Text.Contains("-MemoryMapped", StringComparison.Ordinal) ? Guard.Shape : whole;

    private static string Shown(object? value) => value is System.Collections.IEnumerable list and not string
        ? string.Join(", ", list.Cast<object>()) : value?.ToString() ?? string.Empty;
}
