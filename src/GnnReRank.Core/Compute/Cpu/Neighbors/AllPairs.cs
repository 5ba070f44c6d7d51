namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Every pair.</summary>
internal readonly struct AllPairs : IPairFilter
{
    public bool Takes(int row, int other) => true;
}
