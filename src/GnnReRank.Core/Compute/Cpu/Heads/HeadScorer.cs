using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Mixing;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Heads;

/// <summary>
/// Scores the head of one query's list anew. A row g' is a mean of rows, so its product with a vector is the same
/// mean of theirs: only those g' that make q' are ever written out. One thread's.
/// </summary>
internal sealed unsafe class HeadScorer : IDisposable
{
    private readonly Ranking _ranking;
    private readonly HeadRescoring _how;
    private readonly CpuKernels _kernels;
    private readonly ComputeOptions _alone;
    private readonly int[] _positions;
    private readonly float[] _own;
    private readonly float[] _expanded;
    private readonly ulong[] _keys;
    private readonly NativeBuffer<float> _mean;

    public HeadScorer(Ranking ranking, HeadRescoring how, CpuKernels kernels, CancellationToken cancellationToken)
    {
        _ranking = ranking;
        _how = how;

        // A head is too small for candidates and exact scores of them to be less work than all products.
        _kernels = kernels with { Coarse = null };
        _alone = new ComputeOptions { ThrottleLimit = 1, CancellationToken = cancellationToken };
        int length = Math.Min(how.Length, ranking.Depth);
        _positions = [.. Enumerable.Range(0, length)];
        _own = new float[length];
        _expanded = new float[length];
        _keys = new ulong[length];
        _mean = new NativeBuffer<float>(ranking.Gallery.Dimension);
    }

    /// <summary>Writes a query's list.</summary>
    public void Score(int query, Span<int> indices, Span<float> scores)
    {
        ReadOnlySpan<int> listed = _ranking.GetIndexSpan(query);
        ReadOnlySpan<float> cosines = _ranking.GetScoreSpan(query);
        ReadOnlySpan<int> head = listed[.._keys.Length];
        FeatureMatrix rows = FeatureMatrix.Adopt(
            _ranking.Gallery.Storage.Pick(head.ToArray()), labels: null, cameras: null, names: null, FeatureRole.None,
            source: null, inverseNorms: null);
        ListNeeds needs = new(Math.Min(_how.NeighborCount + 1, head.Length));
        NeighborGraph lists = NeighborStage.Run(null, rows, graph: null, needs, _kernels, cosines: null, _alone).Graph;
        Average(lists, cosines, _own);
        Expand(rows, lists);
        for (int position = 0; position < head.Length; position++)
        {
            _own[position] = (_own[position] + _expanded[position]) / 2;
        }

        Write(listed, cosines, indices, scores);
    }

    public void Dispose() => _mean.Dispose();

    private double WeightOf(float cosine) => _how.NeighborWeight * Math.Max(cosine, 0);

    /// <summary>means_i = the product of g'_i with a vector whose products with the rows are given.</summary>
    private void Average(NeighborGraph lists, ReadOnlySpan<float> products, float[] means)
    {
        for (int row = 0; row < means.Length; row++)
        {
            ReadOnlySpan<int> neighbors = lists.GetNeighborSpan(row);
            ReadOnlySpan<float> cosines = lists.GetScoreSpan(row);
            double sum = products[row];
            double weights = 1;
            for (int position = 1; position < neighbors.Length; position++)
            {
                double weight = WeightOf(cosines[position]);
                sum += weight * products[neighbors[position]];
                weights += weight;
            }

            means[row] = (float)(sum / weights);
        }
    }

    /// <summary>Makes q' of the best g', and its products with all of them.</summary>
    private void Expand(FeatureMatrix rows, NeighborGraph lists)
    {
        Order();
        using VertexRows vertices = new(null, rows);
        float[] largest = new float[rows.Dimension];
        largest.AsSpan().Fill(float.NegativeInfinity);
        using RowMixer mixer = new(vertices);
        for (int rank = 0; rank < Math.Min(_how.NeighborCount + 1, _keys.Length); rank++)
        {
            Mean((int)(uint)_keys[rank], lists, mixer);
            TensorPrimitives.Max(_mean.AsSpan(largest.Length), largest, largest);
        }

        FeatureMatrix best = new(largest, 1, rows.Dimension);
        using VertexRows query = new(null, best);
        using ExactDots dots = new(query, vertices);
        float[] products = new float[_positions.Length];
        dots.Multiply(0, _positions, products);
        float norm = best.InverseNorms[0] == 0 ? 0 : 1 / best.InverseNorms[0];
        TensorPrimitives.Multiply(products, norm, products);
        Average(lists, products, _expanded);
    }

    /// <summary>g' of one row.</summary>
    private void Mean(int row, NeighborGraph lists, RowMixer mixer)
    {
        ReadOnlySpan<int> neighbors = lists.GetNeighborSpan(row);
        ReadOnlySpan<float> cosines = lists.GetScoreSpan(row);
        double weights = 1;
        for (int position = 1; position < neighbors.Length; position++)
        {
            weights += WeightOf(cosines[position]);
        }

        _mean.AsSpan((int)_mean.Length).Clear();
        mixer.Add(row, (float)(1 / weights), _mean.Pointer);
        for (int position = 1; position < neighbors.Length; position++)
        {
            mixer.Add(neighbors[position], (float)(WeightOf(cosines[position]) / weights), _mean.Pointer);
        }
    }

    /// <summary>The positions of the head by score: a position stands for cosine and index, which break ties.</summary>
    private void Order()
    {
        for (int position = 0; position < _keys.Length; position++)
        {
            _keys[position] = SortableKey.BestIsSmallest(_own[position], position);
        }

        _keys.AsSpan().Sort();
    }

    private void Write(ReadOnlySpan<int> listed, ReadOnlySpan<float> cosines, Span<int> indices, Span<float> scores)
    {
        Order();
        int length = Math.Min(_keys.Length, indices.Length);
        for (int rank = 0; rank < length; rank++)
        {
            int position = (int)(uint)_keys[rank];
            indices[rank] = listed[position];
            scores[rank] = _own[position];
        }

        // What follows goes on from the lowest score by as much as its cosine lies below the head's lowest.
        float lowest = _own[(int)(uint)_keys[^1]];
        float lowestCosine = cosines[_keys.Length - 1];
        for (int rank = length; rank < indices.Length; rank++)
        {
            indices[rank] = listed[rank];
            scores[rank] = lowest + (cosines[rank] - lowestCosine);
        }
    }
}
