namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Which pairs of rows may be neighbours. A structure, so that the test costs nothing where every pair may.</summary>
internal interface IPairFilter
{
    /// <summary>Whether two different rows may be neighbours.</summary>
    bool Takes(int row, int other);
}
