namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>The few vector operations a tile kernel is written in, so that one body serves every register width.</summary>
/// <typeparam name="TVector">A register of float32 lanes.</typeparam>
internal unsafe interface ISimdLanes<TVector>
    where TVector : unmanaged
{
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector vector, float* destination);

    static abstract TVector Broadcast(float value);

    /// <summary>x * y + sum, rounded once wherever the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);

    /// <summary>A bit for each lane of values that is at least that of bounds, the first lane's lowest; never set for NaN.</summary>
    static abstract ulong AtLeast(TVector values, TVector bounds);
}
