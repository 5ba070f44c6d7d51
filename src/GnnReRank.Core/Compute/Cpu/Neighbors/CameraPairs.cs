namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Pairs of one camera, or of two different ones.</summary>
/// <param name="cameras">The camera of each row.</param>
/// <param name="same">Whether both must be of one camera.</param>
/// <param name="aside">So many first rows are no neighbours of each other.</param>
internal readonly struct CameraPairs(int[] cameras, bool same, int aside) : IPairFilter
{
    public bool Takes(int row, int other) => cameras[row] == cameras[other] == same && (row >= aside || other >= aside);
}
