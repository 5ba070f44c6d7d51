namespace GnnReRank.GpuKit.Running;

/// <summary>How a line went.</summary>
internal enum KitVerdict
{
    /// <summary>A number or a fact, neither right nor wrong.</summary>
    Measured,

    /// <summary>A check that passed.</summary>
    Passed,

    /// <summary>A check that failed, or a step that broke.</summary>
    Failed,

    /// <summary>Something that could not be tried here; the note says why.</summary>
    Skipped,
}
