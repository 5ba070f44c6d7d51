namespace GnnReRank.Compute.Walks;

/// <summary>
/// The rows of a walk's matrix, wherever they lie. Implemented by structures, so that each kind has loops of its own.
/// </summary>
internal unsafe interface IWalkRows
{
    /// <summary>Where a row's entries lie, and how many there are.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="columns">The columns, ascending.</param>
    /// <param name="values">Their values.</param>
    int Find(int row, out int* columns, out float* values);
}
