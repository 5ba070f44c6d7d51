namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Where the tiles of S come from, some blocks of columns at a time.</summary>
internal interface ITileSource : IDisposable
{
    /// <summary>The kernels, for people.</summary>
    string Name { get; }

    /// <summary>Makes column blocks [first, end) ready, on all threads; no other block's tiles can be had until the next call.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    void Load(int first, int end, ComputeOptions options);

    /// <summary>One thread's maker of tiles.</summary>
    ITileMaker CreateMaker();
}
