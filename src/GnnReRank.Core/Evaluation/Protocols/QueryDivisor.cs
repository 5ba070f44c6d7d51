namespace GnnReRank;

/// <summary>What the sums over queries are divided by.</summary>
public enum QueryDivisor
{
    /// <summary>The queries that have a good gallery image: fast-reid, torchreid.</summary>
    Valid,

    /// <summary>All queries; one without a good gallery image counts 0: layumi, the official MATLAB code.</summary>
    All,
}
