using System.Management.Automation;

namespace GnnReRank.Abstractions;

/// <summary>How a command writes files: after -WhatIf and the user were asked, with a line for each and, where asked for, the files as objects.</summary>
internal static class FileOutput
{
    /// <param name="command">The command that writes.</param>
    /// <param name="what">What is written, for people.</param>
    /// <param name="paths">The full paths of the files.</param>
    /// <param name="passThru">Whether the files are given as objects.</param>
    /// <param name="write">Writes them.</param>
    public static void Write(PSCmdlet command, string what, IReadOnlyList<string> paths, bool passThru, Action write)
    {
        if (!command.ShouldProcess(DisplayText.Of(string.Join(", ", paths)), DisplayText.Of($"Write {what}")))
        {
            return;
        }

        write();
        foreach (string path in paths)
        {
            FileInfo file = new(path);
            command.WriteVerbose(DisplayText.Of($"Wrote {what} to '{path}' ({file.Length:N0} bytes)."));
            if (passThru)
            {
                // As Get-ChildItem gives it: with the provider's properties, which its table shows.
                command.WriteObject(command.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
            }
        }
    }
}
