using GnnReRank.Running;

namespace GnnReRank.Compute.Jobs;

/// <summary>What a call will hold at once, part by part: told before the work begins.</summary>
internal sealed class MemoryPlan
{
    private readonly List<string> _parts = [];
    private readonly ComputeOptions _options;

    private MemoryPlan(ComputeOptions options) => _options = options;

    /// <summary>Begins a plan with the features, which the caller holds.</summary>
    /// <param name="query">The queries, or null.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="options">Whose log the plan goes to.</param>
    public static MemoryPlan For(FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions options)
    {
        MemoryPlan plan = new(options);
        bool isMapped = gallery.IsMemoryMapped || query is { IsMemoryMapped: true };
        return plan.With(isMapped ? "features (partly or all in mapped files)" : "features", BytesOf(query) + BytesOf(gallery));
    }

    /// <summary>Adds a part.</summary>
    public MemoryPlan With(string part, long bytes)
    {
        _parts.Add($"{part} {MemoryBudget.Gigabytes(bytes)} GB");
        return this;
    }

    /// <summary>Adds a part whose size only the work itself shows; it stays within what may be used, or the call ends with an error.</summary>
    public MemoryPlan WithUnknown(string part)
    {
        _parts.Add($"{part} as many as the graph asks for");
        return this;
    }

    /// <summary>Tells the plan.</summary>
    public void Log() => _options.Log?.Invoke(
        $"Memory: {string.Join(", ", _parts)}; {MemoryBudget.Gigabytes(MemoryBudget.OfMachine().Limit)} GB beside the features may be used");

    private static long BytesOf(FeatureMatrix? matrix) => matrix?.Storage.ByteCount ?? 0;
}
