namespace GnnReRank;

/// <summary>What a difference of two results amounts to.</summary>
public enum RetrievalVerdict
{
    /// <summary>Chance alone would do as much too often to tell.</summary>
    Noise,

    /// <summary>The second result is better.</summary>
    Gain,

    /// <summary>The second result is worse.</summary>
    Loss,
}
