namespace GnnReRank.Formats.Mat.Values;

/// <summary>An array of numbers or truth values of a MAT-file.</summary>
/// <param name="Shape">The extents; one of them is 0 where there is no number.</param>
/// <param name="Values">The numbers, column by column. Integers past 2^53 are rounded.</param>
internal sealed record MatNumbers(IReadOnlyList<long> Shape, double[] Values)
{
    /// <summary>The array without numbers, which is also what an unset cell or field holds.</summary>
    public static MatNumbers Empty { get; } = new([0, 0], []);
}
