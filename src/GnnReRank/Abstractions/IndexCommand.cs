using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that works on an index.</summary>
public abstract class IndexCommand : ComputeCommand
{
    private protected IndexCommand()
    {
    }

    /// <summary>The index: what New-ReRankIndex or Import-ReRankIndex gives.</summary>
    [Parameter(Position = 0)]
    [IndexNeeded(IsByName = true)]
    [ArgumentCompleter(typeof(IndexCompleter))]
    public ReRankIndex? Index { get; set; }
}
