namespace GnnReRank.Benchmarks;

/// <summary>
/// Rows around many centres in a latent space of few dimensions, as models' features lie: near rows are told apart by a
/// dozen or two of directions. The same seed gives the same bits.
/// </summary>
internal static class ClusteredFeatures
{
    private const int RowsEach = 20;
    private const double Falling = 0.7;
    private const float Within = 0.6f;
    private const float Noise = 0.2f;

    /// <summary>Made rows of which the first are queries, where there are any.</summary>
    public static (FeatureMatrix? Query, FeatureMatrix Gallery) Pair(
        int queries, int rows, int dimension, int latent, int seed)
    {
        FeatureMatrix all = Make(rows, dimension, latent, seed);
        return queries == 0
            ? (null, all)
            : (Part(0, queries, FeatureRole.Query), Part(queries, rows, FeatureRole.Gallery));

        FeatureMatrix Part(int from, int to, FeatureRole role) =>
            FeatureSelector.Select(all, new RowSelection { Indices = [.. Enumerable.Range(from, to - from)] }).WithRole(role);
    }

    /// <summary>Makes rows, labelled by their centres.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="dimension">Columns.</param>
    /// <param name="latent">Dimensions of the latent space; 0 for noise alone.</param>
    /// <param name="seed">The seed.</param>
    public static FeatureMatrix Make(int rows, int dimension, int latent, int seed)
    {
        Random basisRandom = new(seed);
        int centres = Math.Max(1, rows / RowsEach);
        float[][] basis = [.. Enumerable.Range(1, latent).Select(at => Vector(basisRandom, dimension, Math.Pow(at, -Falling)))];
        double length = Math.Sqrt(basis.Sum(vector => vector.Sum(value => (double)value * value)) * (1 + (Within * Within)));
        float[] values = new float[checked(rows * dimension)];
        Parallel.For(0, rows, row =>
        {
            Random random = new(unchecked((seed * 1_000_003) + row));
            Random centre = new(unchecked((seed * 7_919) - 1 - (row % centres)));
            Span<float> target = values.AsSpan(row * dimension, dimension);
            for (int at = 0; at < latent; at++)
            {
                float weight = (float)((Normal(centre) + (Within * Normal(random))) / length);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(basis[at], weight, target, target);
            }

            float noise = (latent == 0 ? 1 : Noise) / MathF.Sqrt(dimension);
            foreach (ref float value in target)
            {
                value += noise * Normal(random);
            }
        });
        return new FeatureMatrix(
            values, rows, dimension, [.. Enumerable.Range(0, rows).Select(row => (long)(row % centres))],
            source: $"made, seed {seed}");
    }

    private static float[] Vector(Random random, int length, double scale) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)scale * Normal(random))];

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
