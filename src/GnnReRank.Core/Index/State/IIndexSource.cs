namespace GnnReRank.Indexing.State;

/// <summary>Where an index lies that is made when it is first used; safe to share between threads.</summary>
internal interface IIndexSource
{
    /// <summary>The number of gallery rows.</summary>
    int RowCount { get; }

    /// <summary>The number of values a row.</summary>
    int Dimension { get; }

    /// <summary>How near to the exact neighbours its lists come; null where they are exact.</summary>
    GraphApproximation? Approximation { get; }

    /// <summary>The rows, which are the same at each call.</summary>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">They are not as they were written.</exception>
    IndexRows Rows(ComputeOptions options);

    /// <summary>The index as it lies there.</summary>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">It is not as it was written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    IndexSnapshot Open(ComputeOptions options);
}
