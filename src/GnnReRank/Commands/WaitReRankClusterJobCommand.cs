using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Waits until a cluster job is done, with its progress by stage and the time left.</summary>
/// <remarks>
/// <para>
/// Gives the last status of a job that is done, which goes on to Receive-ReRankClusterJob. A job that failed is an
/// error that says which item failed, why, and where its log is; so is one that was stopped or never started.
/// Ctrl+C stops the waiting, and leaves the job alone.
/// </para>
/// <para>
/// With -Timeout the waiting ends after so many seconds, with the status of then, whose State is Pending or Running.
/// </para>
/// </remarks>
/// <example>
/// <title>Wait and measure</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source -Method Cosine
/// $job | Start-ReRankClusterJob -Engine Local -LocalTasks 1 -PassThru | Wait-ReRankClusterJob |
///     Receive-ReRankClusterJob -Query $query -Gallery $gallery | Measure-RetrievalAccuracy</code>
/// <para>Runs a job on this machine from its plan to its figures.</para>
/// </example>
/// <example>
/// <title>Look now and then</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// while ((Get-ReRankClusterJob $job).State -in 'Pending', 'Running') { $status = Wait-ReRankClusterJob $job -Timeout 60 }</code>
/// <para>Has a status once a minute while a job runs; this one does not yet.</para>
/// </example>
/// <example>
/// <title>Where a job fails</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// try { $job | Wait-ReRankClusterJob -ErrorAction Stop }
/// catch { $_.TargetObject.Failures | Format-List }</code>
/// <para>
/// The target of such an error is the status. This job was never started, which is an error too: nothing failed.
/// </para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "ReRankClusterJob")]
[OutputType(typeof(ClusterJobStatus))]
public sealed class WaitReRankClusterJobCommand : ClusterJobCommand
{
    /// <summary>The most seconds to wait for a job.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [PSDefaultValue(Help = "none: until it is done")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Timeout { get; set; }

    private protected override void Process(ReRankClusterJob job)
    {
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(job.Path));
        Activity = $"{folder}: {job.Method}";
        ClusterJobStatus status = Named(job, Run(options => Wait(job, options)));
        switch (status.State)
        {
            case ClusterJobState.Failed:
                WriteError(Errors.Record(Errors.ClusterJobFailed(status), status));
                break;
            case ClusterJobState.Stopped:
                WriteError(Errors.Record(Errors.ClusterJobStopped(status), status));
                break;
            default:
                WriteObject(status);
                break;
        }
    }

    private ClusterJobStatus Wait(ReRankClusterJob job, ComputeOptions options)
    {
        if (Timeout is not int seconds)
        {
            return job.Wait(options);
        }

        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        ending.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return job.Wait(options with { CancellationToken = ending.Token });
        }
        catch (OperationCanceledException) when (!options.CancellationToken.IsCancellationRequested)
        {
            return job.GetStatus();
        }
    }
}
