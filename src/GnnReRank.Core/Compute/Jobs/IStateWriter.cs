namespace GnnReRank.Compute.Jobs;

/// <summary>Takes the arrays of a state that is to be kept.</summary>
internal interface IStateWriter
{
    /// <summary>Adds values to the end of an array, which begins empty.</summary>
    /// <param name="name">The array's name: ASCII, at most 31 characters. One array is finished before the next begins.</param>
    /// <param name="values">Its next values.</param>
    void Append<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged;
}
