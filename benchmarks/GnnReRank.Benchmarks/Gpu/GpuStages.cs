using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>What is timed of a job on a device, as the tables name it.</summary>
internal static class GpuStages
{
    public const string HostToHost = "Whole job, host to host";
    public const string Resident = "Whole job, features on the device";

    public static string[] Parts { get; } = [StageNames.Upload, StageNames.Neighbors, StageNames.Messages, StageNames.RankingLists];
}
