namespace GnnReRank.Compute.Jobs;

/// <summary>Gives back the arrays of a state that was kept. Lengths are told before memory is taken for them.</summary>
internal interface IStateReader
{
    /// <summary>The number of values of an array; 0 where it is not there.</summary>
    long Count<T>(string name)
        where T : unmanaged;

    /// <summary>Reads values of an array.</summary>
    /// <param name="name">The array's name.</param>
    /// <param name="first">The first value to read.</param>
    /// <param name="values">Receives them.</param>
    /// <exception cref="GnnReRankException">They are not there, or are not what was written.</exception>
    void Read<T>(string name, long first, Span<T> values)
        where T : unmanaged;

    /// <summary>The error for arrays that do not fit each other or the lists.</summary>
    /// <param name="how">What is wrong, as the end of a sentence that begins with "its".</param>
    GnnReRankException Broken(string how);
}
