using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// One layer before its normalisation, as a function of the state H: H + E H where it is residual, else
/// E (H + H^T), or H itself where there are no edges.
/// </summary>
/// <param name="state">H, n x n.</param>
/// <param name="mirror">H^T where the layer adds it to H.</param>
/// <param name="edges">E, n x n, or null for none.</param>
/// <param name="residual">Whether the layer adds H itself.</param>
/// <param name="takesLargest">Whether E H stands for the largest of the weighted rows in each column, and not for their
/// sum.</param>
internal sealed class MessageLayer(
    SparseRows state, SparseRows? mirror, SparseRows? edges, bool residual, bool takesLargest = false)
{
    public SparseRows State { get; } = state;

    public SparseRows? Mirror { get; } = mirror;

    public SparseRows? Edges { get; } = edges;

    public bool Residual { get; } = residual;

    /// <summary>Sums one row of the layer into an empty accumulator.</summary>
    public unsafe void SumRow(RowAccumulator accumulator, int row)
    {
        if (takesLargest)
        {
            RaiseRow(accumulator, row);
        }

        if (Residual)
        {
            accumulator.Add(State, row, 1f);
        }

        if (Edges is null || takesLargest)
        {
            return;
        }

        int* neighbors = Edges.Indices(row);
        float* weights = Edges.Values(row);
        int length = Edges.Length(row);
        for (int edge = 0; edge < length; edge++)
        {
            accumulator.Add(State, neighbors[edge], weights[edge]);
            if (Mirror is not null)
            {
                accumulator.Add(Mirror, neighbors[edge], weights[edge]);
            }
        }
    }

    private unsafe void RaiseRow(RowAccumulator accumulator, int row)
    {
        for (int edge = 0; edge < Edges!.Length(row); edge++)
        {
            accumulator.Raise(State, Edges.Indices(row)[edge], Edges.Values(row)[edge]);
        }
    }
}
