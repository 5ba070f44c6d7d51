namespace GnnReRank.Cluster.Running;

/// <summary>The worker's entry.</summary>
internal static class WorkerProgram
{
    public static int Run(string[] arguments) => throw new NotImplementedException();
}
