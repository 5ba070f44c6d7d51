namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Multiplies tiles of S and offers their values to the rows' queues.</summary>
internal interface ISearchTiles : IDisposable
{
    /// <summary>How, for people.</summary>
    string Name { get; }

    /// <summary>How far an offered score can lie from the float32 kernel's; 0 where it is that kernel's.</summary>
    float Bound { get; }

    /// <summary>Starts the tiles of some offsets between row block and column block; nothing waits for them.</summary>
    void Launch(SearchLists lists, int firstOffset, int offsetCount);
}
