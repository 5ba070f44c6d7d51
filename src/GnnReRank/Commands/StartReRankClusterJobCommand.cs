using System.Management.Automation;
using GnnReRank.Abstractions;

namespace GnnReRank.Commands;

/// <summary>Has a cluster job run: by Slurm, or in processes on this machine.</summary>
/// <remarks>
/// <para>
/// Slurm gets one array of tasks a stage, each to begin when the stage before is done. Placing, queueing again after a
/// dead machine, and limits are Slurm's. The call does not wait: Get-ReRankClusterJob tells how far the job is, and
/// Wait-ReRankClusterJob waits for it, from any session that sees the directory.
/// </para>
/// <para>
/// -Engine Local runs the same items in processes of this machine, which go on when the session ends. -WhatIf
/// starts nothing, and gives one of the scripts and the calls of sbatch as text; with -Verbose all scripts.
/// </para>
/// </remarks>
/// <example>
/// <title>See what Slurm would get</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source -ShardSize 500
/// $job | Start-ReRankClusterJob -Partition short -TimeLimit 0:30:00 -WhatIf</code>
/// <para>Plans a job, and shows a script and how each stage is submitted. Nothing is.</para>
/// </example>
/// <example>
/// <title>On this machine</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $null = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// Start-ReRankClusterJob digits.job -Engine Local -LocalTasks 2 -WhatIf</code>
/// <para>
/// Says how many tasks and threads would run. The first example of Wait-ReRankClusterJob runs a job from its plan to its figures.
/// </para>
/// </example>
/// <example>
/// <title>On GPUs</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item gpu.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob gpu.job -Query $query.Source -Gallery $gallery.Source -Device Cuda
/// $job | Start-ReRankClusterJob -Gres gpu:1 -SbatchArgument '--constraint=a100' -WhatIf</code>
/// <para>Asks for a GPU for each task that seeks neighbours; the other stages run on processors.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "ReRankClusterJob", SupportsShouldProcess = true)]
[OutputType(typeof(ReRankClusterJob), typeof(string))]
public sealed class StartReRankClusterJobCommand : ClusterStartCommand
{
    private protected override void Process(ReRankClusterJob job)
    {
        ClusterStartOptions options = OptionsOver(new ClusterStartOptions());
        Start(job, "Start", options, () => job.Start(options));
    }
}
