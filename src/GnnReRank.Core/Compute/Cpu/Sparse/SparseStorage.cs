using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>The memory behind one sparse matrix, charged to a budget and freed all at once.</summary>
/// <param name="budget">What may be used.</param>
/// <param name="what">What the matrix is, for the error: "Layer 3 of 8".</param>
/// <param name="vertexCount">The number of vertices, for the error.</param>
/// <param name="errorId">The identifier of the error where the budget is used up.</param>
/// <param name="advice">What to do then.</param>
internal sealed class SparseStorage(
    MemoryBudget budget, string what, int vertexCount, string errorId = SparseStorage.MessagesTooLarge,
    string advice = SparseStorage.FewerLayers) : IDisposable
{
    private const string MessagesTooLarge = "MessagePassingTooLarge";
    private const string FewerLayers =
        "Rows grow with each layer: use fewer layers (the paper uses 2), or a smaller K1 or K2.";

    private readonly List<NativeBuffer<byte>> _chunks = [];
    private readonly Lock _adding = new();
    private long _bytes;

    /// <summary>More memory; safe from any thread.</summary>
    /// <exception cref="GnnReRankException">The budget is used up.</exception>
    public unsafe byte* Allocate(long bytes)
    {
        lock (_adding)
        {
            if (!budget.TryCharge(bytes))
            {
                throw TooLarge();
            }

            _bytes += bytes;
            NativeBuffer<byte> chunk = new(bytes);
            _chunks.Add(chunk);
            return chunk.Pointer;
        }
    }

    public void Dispose()
    {
        foreach (NativeBuffer<byte> chunk in _chunks)
        {
            chunk.Dispose();
        }

        _chunks.Clear();
        budget.Release(_bytes);
        _bytes = 0;
    }

    private GnnReRankException TooLarge() => new(
        errorId, ErrorKind.TooLarge,
        $"{what} outgrows memory: its sparse rows over {vertexCount:N0} vertices take more than the " +
        $"{MemoryBudget.Gigabytes(_bytes)} GB filled so far, and {MemoryBudget.Gigabytes(budget.Limit)} GB may be used in all. " +
        advice);
}
