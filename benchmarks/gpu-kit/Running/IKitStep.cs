namespace GnnReRank.GpuKit.Running;

/// <summary>One step of the kit, run in a process of its own, so that a step that hangs or crashes costs its own lines alone.</summary>
internal interface IKitStep
{
    /// <summary>Its place in the order of worth, from 1.</summary>
    int Number { get; }

    /// <summary>What it finds out, for people.</summary>
    string Name { get; }

    /// <summary>The time after which its process is ended.</summary>
    TimeSpan Limit { get; }

    /// <summary>Whether a fresh process can go on where one that broke has ended: the step leaves out what has a line.</summary>
    bool CanResume => false;

    /// <summary>Runs it; each line of the report is flushed as it is added.</summary>
    void Run(KitContext context);
}
