using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Takes the ranking of a cluster job that is done.</summary>
/// <remarks>
/// <para>
/// The ranking is the same, to the bit, as that of Invoke-ReRank with the same settings, on a graph of the same
/// lists. It goes on to Measure-RetrievalAccuracy, Expand-Ranking and the others. A job's own copies of the
/// features know no labels, cameras and names: give the matrices that do as -Query and -Gallery, with the rows of
/// the job's files, in their order.
/// </para>
/// <para>
/// A ranking that is too large for memory is written as Parquet files with -OutputFolder, one for each item of the
/// last stage, without ever being whole in memory; their columns are those of Export-Ranking.
/// </para>
/// <para>
/// A job that failed is an error that says which item failed, why, and where its log is.
/// </para>
/// </remarks>
/// <example>
/// <title>Receive and measure</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source -Method Cosine
/// $job | Start-ReRankClusterJob -Engine Local -LocalTasks 1 -PassThru | Wait-ReRankClusterJob | Out-Null
/// Receive-ReRankClusterJob digits.job -Query $query -Gallery $gallery | Measure-RetrievalAccuracy
/// Receive-ReRankClusterJob digits.job | Expand-Ranking -QueryIndex 0 -Top 3
/// Remove-Item lists -Recurse -ErrorAction Ignore
/// Receive-ReRankClusterJob digits.job -OutputFolder lists</code>
/// <para>
/// Measures the ranking with the labels that the matrices know, looks at a list, and writes all as Parquet.
/// </para>
/// </example>
/// <example>
/// <title>If it is done</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $null = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// Get-ReRankClusterJob digits.job | Where-Object State -EQ Completed | Receive-ReRankClusterJob</code>
/// <para>Takes the ranking where there is one; this job was never started.</para>
/// </example>
/// <example>
/// <title>See what would be written</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $null = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// Receive-ReRankClusterJob digits.job -OutputFolder lists -WhatIf</code>
/// <para>Says what would happen, and writes nothing.</para>
/// </example>
[Cmdlet(VerbsCommunications.Receive, "ReRankClusterJob", SupportsShouldProcess = true)]
[OutputType(typeof(Ranking), typeof(FileInfo))]
public sealed class ReceiveReRankClusterJobCommand : ClusterJobCommand
{
    /// <summary>The queries, with the labels, cameras and names that are known of them.</summary>
    [Parameter]
    [MatrixNeeded]
    [PSDefaultValue(Help = "the job's own copies, which know none")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The gallery, in the same way.</summary>
    [Parameter]
    [MatrixNeeded]
    [PSDefaultValue(Help = "the job's own copies, which know none")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>
    /// Write the ranking to this folder, as Parquet files, and give these. The folder is made; one that has files
    /// in it is refused.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: the ranking is given as an object")]
    public string? OutputFolder { get; set; }

    private protected override void Process(ReRankClusterJob job)
    {
        if (OutputFolder is string folder)
        {
            Write(job, SessionPaths.Literal(this, folder));
            return;
        }

        WriteObject(Run(options =>
        {
            RequireSuccess(job);
            return job.Receive(Query, Gallery, options);
        }));
    }

    private void Write(ReRankClusterJob job, string folder)
    {
        if (!ShouldProcess(DisplayText.Of(folder), DisplayText.Of($"Write the ranking of '{job.Path}'")))
        {
            return;
        }

        IReadOnlyList<string> files = Run(options =>
        {
            RequireSuccess(job);
            return job.Export(folder, options);
        });
        WriteVerbose($"Wrote {files.Count:N0} files to '{folder}'.");
        foreach (string file in files)
        {
            WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private static void RequireSuccess(ReRankClusterJob job)
    {
        if (StatusOf(job) is { State: ClusterJobState.Failed } status)
        {
            throw Errors.ClusterJobFailed(status);
        }
    }
}
