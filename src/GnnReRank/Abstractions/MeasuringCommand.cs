using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that takes the figures of whole rankings.</summary>
public abstract class MeasuringCommand : ProtocolCommand
{
    private protected MeasuringCommand()
    {
    }

    /// <summary>What the sums over queries are divided by: the queries that have a match in the gallery, or all.</summary>
    [Parameter]
    [Alias("Divisor")]
    [PSDefaultValue(Help = "the protocol's official divisor")]
    public QueryDivisor? Divide { get; set; }

    /// <summary>One setup of the revisited benchmarks.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all three")]
    public Difficulty? Difficulty { get; set; }

    /// <summary>How many galleries Cuhk03Classic and VehicleId draw.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [PSDefaultValue(Help = "100 for Cuhk03Classic, 10 for VehicleId")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Draws { get; set; }

    /// <summary>What the draws and the bootstrap start from: the same seed gives the same result.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>How many bootstrap samples of the queries the 95 % confidence intervals are taken from. 0, the default, takes none.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Bootstrap { get; set; }

    /// <inheritdoc/>
    private protected override EvaluationSettings Evaluation() => base.Evaluation() with
    {
        Divisor = Divide,
        Difficulty = Difficulty,
        Draws = Draws,
        Seed = Seed,
        Bootstrap = Bootstrap,
    };
}
