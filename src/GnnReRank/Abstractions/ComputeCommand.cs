using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that computes on several threads.</summary>
public abstract class ComputeCommand : GnnReRankCommand
{
    private protected ComputeCommand()
    {
    }

    /// <summary>The number of threads. 0, the default, takes one a core. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int ThrottleLimit { get; set; }

    /// <inheritdoc/>
    private protected override ComputeOptions Configure(ComputeOptions options) => options with { ThrottleLimit = ThrottleLimit };
}
