namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>The few vector operations a coarse kernel is written in.</summary>
/// <typeparam name="TVector">A register of int32 lanes, or of twice as many int16 ones.</typeparam>
internal unsafe interface ICoarseLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>int32 lanes.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(int* source);

    static abstract void Store(TVector vector, int* destination);

    static abstract TVector Broadcast(int pair);

    /// <summary>sum + the products of both int16 halves of each lane, added.</summary>
    static abstract TVector MultiplyAddPairs(TVector x, TVector y, TVector sum);

    /// <summary>Stores the lanes as float32, times scale.</summary>
    static abstract void StoreSingles(TVector vector, float scale, float* destination);
}
