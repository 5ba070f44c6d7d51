using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that writes a file: nothing is replaced without -Force, and a failure leaves what was there.</summary>
public abstract class ExportCommand : GnnReRankCommand
{
    private protected ExportCommand()
    {
    }

    /// <summary>The file to write, taken literally; relative to the current location. Its ending says the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    [TextNeeded("the path of the file is needed: it comes first, and the object after it or through the pipeline")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replace a file that is there already. On Linux and macOS the new one keeps its permissions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give the written file as an object (System.IO.FileInfo).</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Writes, unless -WhatIf or the user says no, and gives the files that were asked for.</summary>
    /// <param name="what">What is written, for people.</param>
    /// <param name="paths">The full paths of the files.</param>
    /// <param name="write">Writes them.</param>
    private protected void Export(string what, IReadOnlyList<string> paths, Action<ComputeOptions> write)
    {
        Target = paths[0];
        FileOutput.Write(this, what, paths, PassThru, () => Run(write));
    }
}
