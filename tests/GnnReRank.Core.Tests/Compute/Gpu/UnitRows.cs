namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Normalised rows in float32, of kinds that err in different ways, and their exact inner products.</summary>
internal sealed class UnitRows
{
    /// <param name="kind">How values are spread.</param>
    /// <param name="count">Rows with values; a tile of zero rows follows.</param>
    /// <param name="dimension">Values a row.</param>
    public UnitRows(string kind, int count, int dimension)
    {
        Random random = new(dimension);
        Stride = (dimension + 31) / 32 * 32;
        Values = new float[(count + 128) * Stride];
        for (int row = 0; row < count; row++)
        {
            Span<float> values = Values.AsSpan(row * Stride, dimension);
            for (int column = 0; column < dimension; column++)
            {
                float value = random.NextSingle();
                values[column] = kind switch
                {
                    "even" => (value * 2) - 1,
                    "positive" => value,
                    "one large" => column == row % 3 ? 1 : value * 1e-4f,
                    "powers" => MathF.ScaleB(value - 0.5f, -(column % 60)),
                    _ => throw new ArgumentException(kind),
                };
            }

            double sum = 0;
            foreach (float value in values)
            {
                sum += (double)value * value;
            }

            foreach (ref float value in values)
            {
                value = (float)(value / Math.Sqrt(sum));
            }
        }
    }

    public int Stride { get; }

    public float[] Values { get; }

    public double Exact(int row, int other)
    {
        double sum = 0;
        for (int k = 0; k < Stride; k++)
        {
            sum += (double)Values[(row * Stride) + k] * Values[(other * Stride) + k];
        }

        return sum;
    }

    /// <summary>As the float32 kernel: one chain of multiply-adds.</summary>
    public float Chain(int row, int other)
    {
        float sum = 0;
        for (int k = 0; k < Stride; k++)
        {
            sum = MathF.FusedMultiplyAdd(Values[(row * Stride) + k], Values[(other * Stride) + k], sum);
        }

        return sum;
    }
}
