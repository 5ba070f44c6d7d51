using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The nearest neighbours of other libraries, where they are installed.</summary>
internal sealed class LibrariesStep : IKitStep
{
    public int Number => 6;

    public string Name => "FlashLib's and cuVS's neighbours";

    public TimeSpan Limit { get; } = TimeSpan.FromSeconds(90);

    public void Run(KitContext context)
    {
        StepLines lines = new(context, Number, Limit);
        if (WhyNot(context) is string why)
        {
            lines.Skip("libraries", why);
            return;
        }

        KitShape[] shapes = context.IsSmall ? [KitShape.Market.Tiny()] : [KitShape.Market, KitShape.Million];
        foreach (KitShape shape in shapes)
        {
            lines.Try($"{shape.Name}: libraries", () => RunShape(lines, shape));
        }
    }

    /// <summary>Why nothing can be run: asked before a million rows are made.</summary>
    private static string? WhyNot(KitContext context)
    {
        PythonPackages packages = PythonPackages.Find(context.Python, "numpy", "torch", "flashlib", "cuvs");
        string[] missing = [.. packages.Missing];
        return packages.Error is string error ? error
            : missing.Intersect(["numpy", "torch"]).FirstOrDefault() is string needed ? $"{needed} is not installed"
            : missing.Length == 2 ? "neither FlashLib nor cuVS is installed"
            : null;
    }

    private static void RunShape(StepLines lines, KitShape shape)
    {
        JobFeatures job = JobFeatures.Of(shape);
        using PeerFolder folder = new(job);
        folder.Add(lines.Context.Backend.FindNeighbors(job.Query, job.Gallery, shape.K1, ComputeOptions.Default));
        TimeSpan limit = TimeSpan.FromSeconds(Math.Min(50, lines.Left.TotalSeconds));
        new PeerScript(lines, shape, folder).Run("neighbor_libraries.py", limit);
    }
}
