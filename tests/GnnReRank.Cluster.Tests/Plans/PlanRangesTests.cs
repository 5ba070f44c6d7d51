using GnnReRank.Cluster.Plans;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Plans;

/// <summary>Plans that were edited by hand.</summary>
public sealed class PlanRangesTests
{
    public static TheoryData<string> Faults => new(s_changes.Keys);

    private static readonly Dictionary<string, Func<JobPlan, JobPlan>> s_changes = new()
    {
        ["query must"] = plan => plan with { Query = null! },
        ["gallery must"] = plan => plan with { Gallery = new SourcePlan(plan.Gallery.Paths, []) },
        ["a path of query"] = plan => plan with { Query = new SourcePlan([""], [70]) },
        ["fewer than 0 rows"] = plan => plan with { Gallery = new SourcePlan(["a", "b"], [500, -70]) },
        ["no rows, or too many"] = plan => plan with { Query = new SourcePlan(["a", "b"], [int.MaxValue, 1]) },
        ["are the most"] = plan => plan with { Query = new SourcePlan(["a"], [int.MaxValue]) },
        ["id must"] = plan => plan with { Id = "a b" },
        ["method is missing"] = plan => plan with { Method = null! },
        ["device is missing"] = plan => plan with { Device = "" },
        ["worker must"] = plan => plan with { Worker = [] },
        ["notes must"] = plan => plan with { Notes = null! },
        ["dimension is 0"] = plan => plan with { Dimension = 0 },
        ["top is 431, and must lie in 1 to 430"] = plan => plan with { Top = 431 },
        ["neighborCount is -1"] = plan => plan with { NeighborCount = -1 },
        ["neighborCount is 7"] = plan => plan with { NeighborCount = 7 },
        ["shardRows is 0"] = plan => plan with { ShardRows = 0 },
        ["queriesPerItem is -5"] = plan => plan with { QueriesPerItem = -5 },
        ["tasks is 0"] = plan => plan with { Tasks = 0 },
        ["threadsPerTask is -1"] = plan => plan with { ThreadsPerTask = -1 },
        ["memoryPerTask is 0"] = plan => plan with { MemoryPerTask = 0 },
        ["recall must"] = plan => plan with { Recall = 1.5 },
        ["secondsPerOperation must"] = plan => plan with { SecondsPerOperation = -1 },
        ["settingsPack is no method: The input is not"] = plan => plan with { SettingsPack = "nonsense!" },
        ["settingsPack is no method"] = plan => plan with { SettingsPack = "AAAA" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void WhatIsOutOfItsRangeIsNamed(string fault)
    {
        using SmallJob job = new(new CosineSettings());
        Assert.Contains(fault, PlanRanges.FaultOf(s_changes[fault](job.Plan)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasPlannedIsWhole()
    {
        using SmallJob cosine = new(new CosineSettings());
        using SmallJob diffusion = new(new DiffusionSettings());
        Assert.Null(PlanRanges.FaultOf(cosine.Plan));
        Assert.Null(PlanRanges.FaultOf(diffusion.Plan));
    }
}
