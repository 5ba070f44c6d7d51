namespace GnnReRank.Shell.Execution;

/// <summary>How a pipeline ended.</summary>
internal enum RunOutcome
{
    Completed,

    /// <summary>An uncaught error ended it.</summary>
    Failed,

    /// <summary>Ctrl+C ended it.</summary>
    Stopped,
}
