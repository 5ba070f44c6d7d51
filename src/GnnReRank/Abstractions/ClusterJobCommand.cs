using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that works on cluster jobs, one after the other: one that fails leaves the others be.</summary>
public abstract class ClusterJobCommand : GnnReRankCommand
{
    private protected ClusterJobCommand()
    {
    }

    /// <summary>
    /// The job: what New-ReRankClusterJob or Get-ReRankClusterJob gives, or its directory, which any session may name.
    /// Several may be given, and wildcards in their paths are welcome.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Path")]
    [ClusterJobNeeded]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterJobCompleter))]
    public PSObject[]? Job { get; set; }

    private protected sealed override void Process()
    {
        foreach (PSObject given in Job!)
        {
            Attempt(given, () =>
            {
                foreach (object found in ClusterJobArgument.Find(this, given))
                {
                    Attempt(found, () => Process(found as ReRankClusterJob ?? ReRankClusterJob.Open((string)found)));
                }
            });
        }
    }

    /// <summary>Works on one job.</summary>
    private protected abstract void Process(ReRankClusterJob job);

    /// <summary>How far a job is, with what Get-ReRankClusterJob tells of it.</summary>
    private protected static ClusterJobStatus StatusOf(ReRankClusterJob job) => Named(job, job.GetStatus());

    /// <summary>A status with what the job itself knows.</summary>
    private protected static ClusterJobStatus Named(ReRankClusterJob job, ClusterJobStatus status) =>
        status with
        {
            Path = job.Path,
            Method = job.Method,
            NeighborCount = job.NeighborCount,
            Recall = job.Recall,
        };
}
