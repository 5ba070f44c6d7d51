namespace GnnReRank.Datasets.Joining;

/// <summary>In what two names of an image agree, best first.</summary>
internal enum NameFitLevel
{
    /// <summary>File name and folders, as far as both name folders.</summary>
    Path,

    /// <summary>The same, but one has no ending, or another.</summary>
    PathWithoutEnding,

    /// <summary>The file name; the folders differ.</summary>
    File,

    /// <summary>The file name without its ending; the folders differ.</summary>
    Stem,
}
