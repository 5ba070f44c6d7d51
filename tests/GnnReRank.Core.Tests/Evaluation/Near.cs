using System.Diagnostics.CodeAnalysis;

namespace GnnReRank.Tests.Evaluation;

/// <summary>Equal but for the rounding of a few sums.</summary>
internal sealed class Near : IEqualityComparer<double>
{
    private const double Tolerance = 1e-12;

    public bool Equals(double x, double y) => Math.Abs(x - y) <= Tolerance;

    public int GetHashCode([DisallowNull] double value) => 0;
}
