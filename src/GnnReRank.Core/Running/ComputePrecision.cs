namespace GnnReRank;

/// <summary>How exact a device computes. The processor is exact always.</summary>
public enum ComputePrecision
{
    /// <summary>Scores in float32; the neighbours and the order are those of float32 scores.</summary>
    Exact,

    /// <summary>Products of lower precision where a device has them and they are faster: neighbours whose scores nearly tie may differ.</summary>
    Fast,
}
