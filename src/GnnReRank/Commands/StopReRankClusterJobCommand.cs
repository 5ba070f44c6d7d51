using System.Management.Automation;
using GnnReRank.Abstractions;

namespace GnnReRank.Commands;

/// <summary>Stops a cluster job: its tasks are cancelled, and what is done stays.</summary>
/// <remarks>
/// <para>
/// Cancels the tasks that wait or run, at Slurm or on this machine. The items that were done stay done, and
/// Resume-ReRankClusterJob goes on from there. The directory is not touched: remove it to be rid of the job.
/// </para>
/// </remarks>
/// <example>
/// <title>Stop a job</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// if ((Get-ReRankClusterJob $job).State -in 'Pending', 'Running') { $job | Stop-ReRankClusterJob }</code>
/// <para>Stops a job that runs; this one does not yet.</para>
/// </example>
/// <example>
/// <title>See what would be stopped</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item jobs -Recurse -ErrorAction Ignore
/// $files = @{ Query = $query.Source; Gallery = $gallery.Source }
/// $null = 'Cosine', 'Diffusion' | ForEach-Object { New-ReRankClusterJob "jobs/$_" -Method $_ @files }
/// Stop-ReRankClusterJob jobs/* -WhatIf</code>
/// <para>Says what would happen to the jobs of a folder, and stops none.</para>
/// </example>
/// <example>
/// <title>Be rid of a job</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// Get-ReRankClusterJob $job | Where-Object State -In Pending, Running | Stop-ReRankClusterJob
/// Remove-Item -LiteralPath $job.Path -Recurse</code>
/// <para>Stops a job, if it runs, and removes all that it wrote.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ReRankClusterJob", SupportsShouldProcess = true)]
[OutputType(typeof(ReRankClusterJob))]
public sealed class StopReRankClusterJobCommand : ClusterJobCommand
{
    /// <summary>Give the job.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ReRankClusterJob job)
    {
        if (!ShouldProcess(DisplayText.Of(job.Path), "Stop the cluster job"))
        {
            return;
        }

        Run(_ => job.Stop());
        WriteVerbose($"Stopped the cluster job in '{job.Path}'.");
        if (PassThru)
        {
            WriteObject(job);
        }
    }
}
