namespace GnnReRank;

/// <summary>How far a named stage of a long call has come.</summary>
/// <param name="Stage">The stage's name, such as "Nearest neighbours".</param>
/// <param name="Done">Work done, in the stage's own unit.</param>
/// <param name="Total">All of the stage's work; 0 where it is not known.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total);
