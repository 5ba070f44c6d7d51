using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>The parameters of diffusion with restart over few neighbours.</summary>
public sealed record DiffusionSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "Diffusion";

    /// <summary>k: nearest neighbours that each row has edges to, the row itself not counted.</summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 5;

    /// <summary>1 - alpha: the share that each step gives back to the query.</summary>
    [MethodParameter("restart", Minimum = 0, Maximum = 1)]
    public double Restart { get; init; } = 0.1;

    /// <summary>T: steps of the walk; a row further away than that is not reached.</summary>
    [MethodParameter("steps", Minimum = 1)]
    public int Steps { get; init; } = 12;

    /// <inheritdoc/>
    public override MethodSettings FitTo(int vertexCount)
    {
        Validate();
        return Neighbors < vertexCount ? this : this with { Neighbors = Math.Max(1, vertexCount - 1) };
    }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new DiffusionReRanker(this, backend);
}
