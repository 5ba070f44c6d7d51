namespace GnnReRank.Benchmarks;

/// <summary>
/// Features made to look like a re-ID model's: identities around a common mean in a latent space of 128 dimensions with a falling
/// spectrum, cameras that shift them, distractors of no identity, and noise in every dimension. The same seed gives the same bits.
/// </summary>
internal sealed class MadeFeatures
{
    private const int Latent = 128;
    private const int Cameras = 6;

    private readonly JobShape _shape;
    private readonly MadeSettings _settings;
    private readonly float[][] _basis;
    private readonly float[] _mean;
    private readonly float[][] _identities;
    private readonly float[][] _cameras;

    public MadeFeatures(JobShape shape, MadeSettings settings)
    {
        _shape = shape;
        _settings = settings;
        Random random = new(settings.Seed);
        int identities = settings.IdentitiesOf(shape.Gallery);
        _basis = Vectors(random, Latent, shape.Dimension, latent => Math.Pow(latent + 1, -0.35) / 4 / Math.Sqrt(shape.Dimension));
        _mean = Vectors(random, 1, shape.Dimension, _ => 0.5 / Math.Sqrt(shape.Dimension))[0];
        _identities = Vectors(random, identities, Latent, _ => settings.Spread);
        _cameras = Vectors(random, Cameras, Latent, _ => 0.25);
    }

    public FeatureMatrix Query() => Matrix(_shape.Queries, FeatureRole.Query, distractors: 0);

    public FeatureMatrix Gallery() => Matrix(_shape.Gallery, FeatureRole.Gallery, _settings.DistractorsOf(_shape.Gallery));

    private FeatureMatrix Matrix(int rows, FeatureRole role, int distractors)
    {
        float[] values = new float[checked(rows * _shape.Dimension)];
        long[] labels = new long[rows];
        int[] cameras = new int[rows];
        Parallel.For(0, rows, row =>
        {
            Random random = new(HashCode(role, row));
            cameras[row] = random.Next(Cameras);
            labels[row] = row < distractors ? 0 : 1 + (long)(row - distractors) * _identities.Length / (rows - distractors);
            Fill(values.AsSpan(row * _shape.Dimension, _shape.Dimension), labels[row], cameras[row], random);
        });
        return new FeatureMatrix(values, rows, _shape.Dimension, labels, cameras, role: role, source: $"made, seed {_settings.Seed}");
    }

    private void Fill(Span<float> row, long label, int camera, Random random)
    {
        _mean.CopyTo(row);
        float noise = (float)(0.75 / Math.Sqrt(row.Length));
        for (int column = 0; column < row.Length; column++)
        {
            row[column] += noise * Normal(random);
        }

        for (int latent = 0; latent < Latent; latent++)
        {
            float own = label == 0 ? _settings.Spread * Normal(random) : _identities[label - 1][latent] + (_settings.Within * Normal(random));
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_basis[latent], own + _cameras[camera][latent], row, row);
        }
    }

    private int HashCode(FeatureRole role, int row) => unchecked((((_settings.Seed * 31) + (int)role) * 1_000_003) + row);

    private static float[][] Vectors(Random random, int count, int length, Func<int, double> scale) =>
        [.. Enumerable.Range(0, count).Select(index => Enumerable.Range(0, length).Select(_ => (float)scale(index) * Normal(random)).ToArray())];

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
