namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>What the entries of a run have, and how its lists are made of them.</summary>
/// <param name="Sorter">Orders a list.</param>
/// <param name="Order">What it orders by.</param>
/// <param name="HasScores">Whether the entries have scores.</param>
/// <param name="HasRanks">Whether they have ranks.</param>
/// <param name="Top">How many ranks to keep; null keeps all.</param>
internal sealed record RunListShape(RunSorter Sorter, RankingOrder Order, bool HasScores, bool HasRanks, int? Top);
