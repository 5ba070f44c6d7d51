namespace GnnReRank.Datasets.Joining;

/// <summary>How well two names of one stem agree.</summary>
/// <param name="Level">In what.</param>
/// <param name="SharedFolders">How many folders agree, from the file upwards.</param>
/// <param name="SameDepth">Whether both name equally many folders.</param>
internal readonly record struct NameFit(NameFitLevel Level, int SharedFolders, bool SameDepth) : IComparable<NameFit>
{
    /// <summary>A better fit comes first.</summary>
    public int CompareTo(NameFit other)
    {
        int byLevel = Level.CompareTo(other.Level);
        int byFolders = other.SharedFolders.CompareTo(SharedFolders);
        return byLevel != 0 ? byLevel : byFolders != 0 ? byFolders : other.SameDepth.CompareTo(SameDepth);
    }
}
