using MathNet.Numerics.Providers.LinearAlgebra;

namespace GnnReRank.Transforming;

/// <summary>The directions in which rows vary most, in float64: eigenvectors of their covariance. Immutable.</summary>
internal sealed class PrincipalComponents
{
    // Of float64; a variance below this many times the largest is what sums of so many columns leave of none.
    private const double Rounding = 1.0 / (1L << 52);

    private readonly double[] _mean;
    private readonly double[] _variances;
    private readonly double[] _components;

    /// <param name="mean">The mean row, which is subtracted first.</param>
    /// <param name="variances">The variance along each component, descending.</param>
    /// <param name="components">The components, one a row, each of length 1.</param>
    /// <param name="totalVariance">The variances of all columns together.</param>
    public PrincipalComponents(double[] mean, double[] variances, double[] components, double totalVariance) =>
        (_mean, _variances, _components, TotalVariance) = (mean, variances, components, totalVariance);

    public int Count => _variances.Length;

    public double TotalVariance { get; }

    public ReadOnlySpan<double> Mean => _mean;

    public ReadOnlySpan<double> Variances => _variances;

    public ReadOnlySpan<double> All => _components;

    public ReadOnlySpan<double> Component(int index) => _components.AsSpan(index * _mean.Length, _mean.Length);

    /// <summary>Decomposes a covariance.</summary>
    /// <param name="mean">The mean row.</param>
    /// <param name="covariance">The covariance, symmetric; it is overwritten.</param>
    /// <param name="count">How many components are asked for; null asks for all that have a variance.</param>
    /// <exception cref="GnnReRankException">Fewer directions than that have a variance.</exception>
    /// <remarks>
    /// An eigenvector may point either way: of its entries, the one of largest size, the first of several, is made
    /// positive.
    /// </remarks>
    public static PrincipalComponents Of(double[] mean, double[] covariance, int? count)
    {
        int dimension = mean.Length;
        double total = 0;
        for (int column = 0; column < dimension; column++)
        {
            total += covariance[(column * dimension) + column];
        }

        // Ascending; the vectors one after the other. The managed code alone gives the same bits on every machine.
        double[] vectors = new double[covariance.Length];
        System.Numerics.Complex[] values = new System.Numerics.Complex[dimension];
        ManagedLinearAlgebraProvider.Instance.EigenDecomp(
            true, dimension, covariance, vectors, values, new double[covariance.Length]);
        double largest = Math.Max(0, values[^1].Real);
        int rank = values.Count(value => value.Real > largest * dimension * Rounding);
        int kept = count ?? rank;
        if (kept > rank || rank == 0)
        {
            throw new GnnReRankException(
                "TooManyComponents", ErrorKind.InvalidArgument,
                $"The rows vary in {rank:N0} directions of {dimension:N0}, and {kept:N0} principal components were " +
                    "asked for: " +
                "ask for fewer with -Pca, or learn from more rows.");
        }

        double[] components = new double[kept * dimension];
        double[] variances = new double[kept];
        for (int index = 0; index < kept; index++)
        {
            int place = dimension - 1 - index;
            variances[index] = values[place].Real;
            Span<double> component = components.AsSpan(index * dimension, dimension);
            vectors.AsSpan(place * dimension, dimension).CopyTo(component);
            Turn(component);
        }

        return new PrincipalComponents(mean, variances, components, total);
    }

    private static void Turn(Span<double> component)
    {
        double largest = 0;
        foreach (double value in component)
        {
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        }

        if (largest < 0)
        {
            foreach (ref double value in component)
            {
                value = -value;
            }
        }
    }
}
