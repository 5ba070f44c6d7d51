using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Gpu;

/// <summary>What a job holds on the device at once: computed, and told, before anything is brought up.</summary>
/// <param name="Features">
/// The bytes of the rows in float32, and of what tensor cores take beside them: their halves for a search, or their two
/// parts for cosines, which are not there together. Or the bytes of the panels that are there at a time.
/// </param>
/// <param name="Search">The bytes of the graph and of what finds it: lists and queues, or whole rows of scores.</param>
/// <param name="Ranking">The bytes of scores and their order; 0 where nothing is ranked.</param>
internal sealed record GpuPlan(long Features, long Search, long Ranking)
{
    /// <summary>The bytes that what gives the scores is expected to take; only the work shows how many they are.</summary>
    public long Scoring { get; private init; }

    /// <summary>What that is, for people.</summary>
    public string ScoringName { get; private init; } = string.Empty;

    /// <summary>The bytes of the graph, which stays while scores are made.</summary>
    public long Graph { get; private init; }

    /// <summary>Whether the rows are split into parts, from which tensor cores make a ranking's cosines.</summary>
    public bool SplitsRows { get; private init; }

    /// <summary>Rows of a panel; 0 where all rows are on the device at once.</summary>
    public int PanelRows { get; private init; }

    public int PanelCount { get; private init; }

    /// <summary>The bytes of the device.</summary>
    public long DeviceBytes { get; private init; }

    /// <summary>The largest sum that is held at one time: the search's queues are gone before scores are made.</summary>
    public long Peak => Features + BesideFeatures;

    /// <summary>Whether the device is expected to hold the job.</summary>
    public bool Fits => Peak <= Usable;

    private long BesideFeatures => Math.Max(Search, Graph + Scoring + Ranking);

    private long Usable => (long)(DeviceBytes * DeviceMemory.UsableShare);

    /// <summary>Plans a job: with all rows on the device, or else with the largest panels that it holds.</summary>
    /// <param name="job">The job.</param>
    /// <param name="deviceBytes">The bytes of the device.</param>
    /// <param name="canSplit">
    /// Whether it makes cosines from the rows' parts where there is room for them; no job needs them.
    /// </param>
    public static GpuPlan For(DeviceJob job, long deviceBytes, bool canSplit)
    {
        GpuPlan whole = Whole(job, deviceBytes, splitsRows: canSplit && job.Depth > 0);
        whole = whole.Fits || !whole.SplitsRows ? whole : Whole(job, deviceBytes, splitsRows: false);
        (long count, int neighborCount) = (job.VertexCount, job.NeighborCount);
        return whole.Fits
            ? whole
            : whole.InPanels(
                count, job.Dimension, whole.Graph + ListBytes(count, neighborCount, hasMargin: false),
                job.Depth == 0 ? 0 : GpuRankingStage.QueryBytesFor(
                    job.QueryCount, job.GalleryCount, job.Depth, job.Dimension));
    }

    /// <summary>A line for people.</summary>
    public string Describe(string device)
    {
        string panels = PanelRows == 0
            ? ""
            : FormattableString.Invariant($" ({PanelCount:N0} panels of {PanelRows:N0} rows, {FeaturePanels.SlotCount} at a time)");
        string scoring = Scoring == 0 ? string.Empty : $"{ScoringName} about {MemoryBudget.Gigabytes(Scoring)} GB, ";
        return $"Device memory: features {MemoryBudget.Gigabytes(Features)} GB{panels}, search and graph {MemoryBudget.Gigabytes(Search)} GB, " +
            $"{scoring}ranking {MemoryBudget.Gigabytes(Ranking)} GB; at most " +
            $"{MemoryBudget.Gigabytes(Peak)} GB at once of {MemoryBudget.Gigabytes(DeviceBytes)} GB on {device}";
    }

    /// <summary>The job with all rows on the device.</summary>
    private static GpuPlan Whole(DeviceJob job, long deviceBytes, bool splitsRows)
    {
        (long count, int neighborCount) = (job.VertexCount, job.NeighborCount);
        long rows = DeviceFeatures.BytesFor(count, job.Dimension);
        long graph = count * (neighborCount + job.GivenNeighbors) * (sizeof(int) + sizeof(float));

        // The search's halves are gone before the rows are split for the ranking.
        bool usesLists = neighborCount - 1 <= SearchListSizes.MostWanted;
        long halves = neighborCount == 0 || !usesLists ? 0 : rows / 2;
        long search = usesLists
            ? ListBytes(count, neighborCount, hasMargin: true)
            : RankedRows.BytesFor(count, job.Dimension, neighborCount);
        long parts = splitsRows ? SplitFeatures.BytesFor(count, job.Dimension) : 0;
        return new GpuPlan(
            rows + Math.Max(halves, parts), graph + search,
            job.Depth == 0 ? 0 : GpuRankingStage.BytesFor(job.QueryCount, job.GalleryCount, job.Depth))
        {
            Scoring = job.Recipe is null ? 0 : GpuScorings.BytesFor(job.Recipe, job.QueryCount, count),
            ScoringName = job.Recipe?.Work ?? string.Empty,
            Graph = graph,
            SplitsRows = splitsRows,
            DeviceBytes = deviceBytes,
        };
    }

    private static long ListBytes(long count, int neighborCount, bool hasMargin) => neighborCount == 0
        ? 0
        : count * SearchListSizes.For(Math.Clamp(neighborCount - 1, 1, SearchListSizes.MostWanted), hasMargin).BytesPerRow;

    /// <summary>The same job with the largest panels that fit; with the smallest where none does.</summary>
    private GpuPlan InPanels(long count, int dimension, long search, long queryBytes)
    {
        GpuPlan plan = this with { Search = search, Ranking = Ranking + queryBytes };
        long room = Usable - plan.BesideFeatures;

        // Never more than one panel a slot is worth.
        long low = 1;
        long high = (((count + FeaturePanels.SlotCount - 1) / FeaturePanels.SlotCount) + TileProduct.Size - 1) / TileProduct.Size;
        while (low < high)
        {
            long middle = (low + high + 1) / 2;
            bool fits = FeaturePanels.BytesFor(count, dimension, (int)middle * TileProduct.Size) <= room;
            (low, high) = fits ? (middle, high) : (low, middle - 1);
        }

        int rows = (int)low * TileProduct.Size;
        return plan with
        {
            Features = FeaturePanels.BytesFor(count, dimension, rows),
            PanelRows = rows,
            PanelCount = (int)((count + rows - 1) / rows),
        };
    }
}
