using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Mixing;

/// <summary>A sparse matrix times a dense one: new rows as sums of others.</summary>
internal static unsafe class MixStage
{
    // Small enough to share out evenly, large enough that handing out costs nothing.
    private const int Chunk = 32;

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">The new rows do not fit memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FeatureMatrix Run(RowMix mix, ComputeOptions options)
    {
        FeatureMatrix target = mix.Target;
        int count = target.RowCount;
        int dimension = target.Dimension;
        MemoryBudget.OfMachine().Require(
            (long)count * dimension * sizeof(float), "MixedRowsTooLarge",
            FormattableString.Invariant($"A refined copy of {count:N0} rows x {dimension:N0}"),
            "Use fewer rows, or a method that does not refine features (Gnn, Diffusion).");
        float[] values = new float[FeatureMatrixChecks.ElementCount(count, dimension)];
        using VertexRows own = new(null, target);
        using VertexRows others = new(mix.Query, mix.Gallery);
        StageReporter reporter = new(StageNames.Mixing, count, StageUnits.Rows, options);
        fixed (float* first = values)
        {
            float* sums = first;
            Workers.ForRanges(options.ThreadCount, count, Chunk, () => new Adder(mix, own, others), (adder, from, to) =>
            {
                for (int row = from; row < to; row++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    adder.Sum(row, sums + ((long)row * dimension));
                }

                reporter.Advance(to - from);
            });
        }

        reporter.Complete(FormattableString.Invariant(
            $"{count:N0} rows x {dimension:N0}, {mix.Vertices.Width:N0} others each, {options.ThreadCount} threads"));
        return FeatureMatrix.Adopt(
            new ArrayStorage<float>(values, count, dimension), target.LabelArray, target.CameraArray, target.NameArray,
            target.Role, target.Source, inverseNorms: null, target.LabelNames);
    }

    private sealed class Adder(RowMix mix, VertexRows own, VertexRows others) : IDisposable
    {
        private readonly RowMixer _own = new(own);
        private readonly RowMixer _others = new(others);

        public void Sum(int row, float* sum)
        {
            if (mix.OwnWeight != 0)
            {
                _own.Add(row, mix.OwnWeight, sum);
            }

            Span<int> vertices = mix.Vertices[row];
            Span<float> weights = mix.Weights[row];
            for (int position = 0; position < vertices.Length && vertices[position] >= 0; position++)
            {
                _others.Add(vertices[position], weights[position], sum);
            }
        }

        public void Dispose()
        {
            _own.Dispose();
            _others.Dispose();
        }
    }
}
