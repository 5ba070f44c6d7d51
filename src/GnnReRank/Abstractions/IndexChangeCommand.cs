using System.Management.Automation;

namespace GnnReRank.Abstractions;

/// <summary>A command that changes an index: the object itself, for everyone who has it.</summary>
public abstract class IndexChangeCommand : IndexCommand
{
    private protected IndexChangeCommand()
    {
    }

    /// <summary>Give the changed index.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes the index, unless -WhatIf or the user says no.</summary>
    /// <param name="what">What is done, for people.</param>
    /// <param name="change">Does it.</param>
    private protected void Change(string what, Action<ComputeOptions> change)
    {
        if (ShouldProcess(DisplayText.Of($"{Index}"), DisplayText.Of(what)))
        {
            Run(change);
            WriteVerbose($"{what}: {Index}, version {Index!.Version}.");
        }
    }

    private protected override void End()
    {
        if (PassThru)
        {
            WriteObject(Index);
        }
    }
}
