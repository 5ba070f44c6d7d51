namespace GnnReRank;

/// <summary>How far a named stage of a long call has come.</summary>
/// <param name="Stage">The stage's name, such as "Nearest neighbours".</param>
/// <param name="Done">Work done, in the stage's own unit.</param>
/// <param name="Total">All of the stage's work; 0 where it is not known.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total)
{
    /// <summary>Whole percent done, 0 to 100; -1 where the total is not known.</summary>
    public int Percent => Total > 0 ? (int)Math.Clamp(100.0 * Done / Total, 0, 100) : -1;
}
