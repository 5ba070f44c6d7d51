namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>The best neighbours of all rows in their own camera, and in the others.</summary>
internal sealed class CameraLists : IDisposable
{
    /// <param name="cameras">The camera of each row.</param>
    /// <param name="own">The candidates that each row keeps of its own camera.</param>
    /// <param name="others">The candidates that each row keeps of other cameras.</param>
    /// <param name="margin">How far below a row's k-th best score a candidate may still be one of the best.</param>
    /// <param name="aside">So many first rows do not list each other.</param>
    public CameraLists(int[] cameras, int own, int others, float margin, int aside)
    {
        (OfOne, OfTwo) = (new CameraPairs(cameras, same: true, aside), new CameraPairs(cameras, same: false, aside));
        Cameras = cameras;
        Own = new TopKReservoirs(cameras.Length, own, margin);
        Others = new TopKReservoirs(cameras.Length, others, margin);
    }

    public int[] Cameras { get; }

    /// <summary>Pairs of one camera that may be listed.</summary>
    public CameraPairs OfOne { get; }

    /// <summary>Pairs of two cameras that may be listed.</summary>
    public CameraPairs OfTwo { get; }

    public TopKReservoirs Own { get; }

    public TopKReservoirs Others { get; }

    /// <summary>The lists given up.</summary>
    public int GivenUpCount => Own.GivenUpCount + Others.GivenUpCount;

    public void Merge(CameraLists other)
    {
        Own.Merge(other.Own);
        Others.Merge(other.Others);
    }

    public void Dispose()
    {
        Own.Dispose();
        Others.Dispose();
    }
}
