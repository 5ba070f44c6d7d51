namespace GnnReRank;

/// <summary>How a row makes one message of those that its neighbours send it.</summary>
public enum GnnAggregator
{
    /// <summary>Their sum, as the paper and the published code have it.</summary>
    Sum,

    /// <summary>Their sum over the number of neighbours.</summary>
    Mean,

    /// <summary>Their largest value in each place.</summary>
    Max,
}
