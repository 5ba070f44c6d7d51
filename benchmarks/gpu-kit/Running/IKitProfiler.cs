namespace GnnReRank.GpuKit.Running;

/// <summary>A closer look at one stage, for --profile; run in a process of its own, as a step is.</summary>
internal interface IKitProfiler
{
    /// <summary>Times the kernels of a stage; lines go to the report as step 0.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="stage">The stage, as the command line names it.</param>
    void Run(KitContext context, string stage);
}
