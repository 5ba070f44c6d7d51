namespace GnnReRank;

/// <summary>What the expanded cross neighbourhood compares.</summary>
public enum CrossNeighborhoodForm
{
    /// <summary>Lists of neighbours, by the members that they share and their places.</summary>
    Rank,

    /// <summary>Rows, by their cosine.</summary>
    Cosine,
}
