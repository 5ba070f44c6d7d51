namespace GnnReRank.Compute.Walks;

/// <summary>
/// (1 - restart) S~ of a walk by rows, their columns ascending: symmetric, so that rows are columns too.
/// </summary>
/// <param name="offsets">n + 1 numbers: where each row begins, and the end.</param>
/// <param name="columns">The column of each entry.</param>
/// <param name="values">Its value.</param>
/// <param name="roots">D^1/2 of each vertex; 0 where it has no edges.</param>
/// <remarks>The arrays are pinned: their addresses hold as long as this is held.</remarks>
internal sealed class TransitionMatrix(int[] offsets, int[] columns, float[] values, double[] roots)
{
    /// <summary>The number of vertices.</summary>
    public int Count => Offsets.Length - 1;

    public int[] Offsets { get; } = offsets;

    public int[] Columns { get; } = columns;

    public float[] Values { get; } = values;

    public double[] Roots { get; } = roots;

    public WholeRows Rows => new(this);
}
