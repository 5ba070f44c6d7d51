using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Leaks;

/// <summary>Step 5: what a hundred calls leave behind, and what happens where memory is short.</summary>
internal sealed class LeaksStep : IKitStep
{
    public int Number => 5;

    public string Name => "leaks over 100 calls, and what happens where memory is short";

    public TimeSpan Limit => TimeSpan.FromSeconds(60);

    public void Run(KitContext context)
    {
        new ManyCalls(context, Number).Run();
        ShortMemory shortMemory = new(context, Number);
        shortMemory.InPanels();
        shortMemory.TooSmall();
        if (context.Emulates)
        {
            context.Report.Add(new KitLine(
                Number, "memory taken by others", KitVerdict.Skipped, Note: "PoCL's memory is this machine's own."));
            return;
        }

        shortMemory.TakenByOthers();
    }
}
