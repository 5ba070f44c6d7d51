namespace GnnReRank;

/// <summary>The three setups of the revisited Oxford and Paris benchmarks.</summary>
public enum Difficulty
{
    /// <summary>Positives: easy. Junk: junk and hard.</summary>
    Easy,

    /// <summary>Positives: easy and hard. Junk: junk.</summary>
    Medium,

    /// <summary>Positives: hard. Junk: junk and easy.</summary>
    Hard,
}
