using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Offsets;

/// <summary>Scores that are cosines less a number of the gallery row's.</summary>
/// <param name="offsets">One number a gallery row.</param>
internal sealed class OffsetScoring(float[] offsets) : IScoring
{
    public IQueryScorer CreateScorer() => new OffsetScorer(offsets);

    public void Dispose()
    {
        // The offsets are the recipe's.
    }
}
