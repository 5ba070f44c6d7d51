using System.Management.Automation;
using GnnReRank.Abstractions;

namespace GnnReRank.Commands;

/// <summary>Goes on with a cluster job that failed, was stopped, or lost its machines.</summary>
/// <remarks>
/// <para>
/// Items that are done are not done again: a job of hours that failed in its last stage goes on there. The job runs
/// as it was started, but for what is given now: with a longer -TimeLimit, say. A job that Slurm began may be finished
/// on this machine.
/// </para>
/// </remarks>
/// <example>
/// <title>After a failure</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// if ((Get-ReRankClusterJob $job).State -in 'Failed', 'Stopped') { $job | Resume-ReRankClusterJob }</code>
/// <para>Goes on with a job that needs it; this one was never started.</para>
/// </example>
/// <example>
/// <title>All that failed</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item jobs -Recurse -ErrorAction Ignore
/// $files = @{ Query = $query.Source; Gallery = $gallery.Source }
/// $null = 'Cosine', 'Diffusion' | ForEach-Object { New-ReRankClusterJob "jobs/$_" -Method $_ @files }
/// Get-ReRankClusterJob jobs/* | Where-Object State -EQ Failed | Resume-ReRankClusterJob</code>
/// <para>Looks at all jobs of a folder, and goes on with those that failed.</para>
/// </example>
/// <example>
/// <title>With more time</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// $job | Resume-ReRankClusterJob -Partition long -TimeLimit 12:00:00 -WhatIf</code>
/// <para>Shows what Slurm would get to go on with a job whose tasks ran into their limit.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "ReRankClusterJob", SupportsShouldProcess = true)]
[OutputType(typeof(ReRankClusterJob), typeof(string))]
public sealed class ResumeReRankClusterJobCommand : ClusterStartCommand
{
    private protected override void Process(ReRankClusterJob job)
    {
        ClusterStartOptions options = OptionsOver(job.StartedWith ?? new ClusterStartOptions());
        Start(job, "Go on with", options, () => job.Resume(options));
    }
}
