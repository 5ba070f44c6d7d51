namespace GnnReRank.ReRanking.Fusion;

/// <summary>A ranking with what it weighs.</summary>
internal sealed record WeighedRanking(Ranking Ranking, double Weight);
