namespace GnnReRank;

/// <summary>The figure that parameters are chosen by.</summary>
public enum TuningMetric
{
    /// <summary>Mean average precision.</summary>
    mAP,

    /// <summary>CMC at rank 1: the share of queries whose first image is good.</summary>
    Rank1,

    /// <summary>Mean inverse negative penalty: how far down the last good image is.</summary>
    mINP,
}
