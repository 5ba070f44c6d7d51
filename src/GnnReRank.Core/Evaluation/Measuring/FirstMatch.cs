namespace GnnReRank.Evaluation.Measuring;

/// <summary>Where one list of one query first matches.</summary>
/// <param name="Rank">0-based rank of the first good image, junk removed; null where the list holds none.</param>
/// <param name="KnownRanks">How many ranks of the list can be told.</param>
internal readonly record struct FirstMatch(int? Rank, int KnownRanks);
