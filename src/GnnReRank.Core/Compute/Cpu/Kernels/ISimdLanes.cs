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

    /// <summary>Whether any lane of values is at least that of bounds; false for NaN.</summary>
    static abstract bool AnyAtLeast(TVector values, TVector bounds);
}
