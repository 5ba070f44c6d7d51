namespace GnnReRank.Compute.Walks;

/// <summary>(1 - restart) S~ of a walk, by rows of ascending columns; symmetric, so its rows are its columns too.</summary>
/// <param name="offsets">n + 1 places: where each row begins, and the end.</param>
/// <param name="columns">The column of each entry.</param>
/// <param name="values">Its value.</param>
internal sealed class TransitionMatrix(int[] offsets, int[] columns, float[] values)
{
    /// <summary>The number of vertices.</summary>
    public int Count => Offsets.Length - 1;

    public int[] Offsets { get; } = offsets;

    public int[] Columns { get; } = columns;

    public float[] Values { get; } = values;
}
