using System.Management.Automation;
using GnnReRank.Abstractions;

namespace GnnReRank.Commands;

/// <summary>Tells how far a cluster job is: its state, its stages, what failed.</summary>
/// <remarks>
/// <para>
/// The state comes from the job's directory, and from Slurm where its tasks wait or run, so any session that sees
/// the directory may ask. Planned was never started; Pending waits for Slurm to begin; Running runs; Completed can be
/// received; Failed has an item that failed for good, and says which, why, and where its log is; Stopped has no
/// tasks left. The last two go on with Resume-ReRankClusterJob.
/// </para>
/// </remarks>
/// <example>
/// <title>How far a job is</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $null = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// Get-ReRankClusterJob digits.job</code>
/// <para>Shows the stages of a job, of which nothing is done yet.</para>
/// </example>
/// <example>
/// <title>All jobs of a folder</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item jobs -Recurse -ErrorAction Ignore
/// $files = @{ Query = $query.Source; Gallery = $gallery.Source }
/// $null = 'Cosine', 'Diffusion' | ForEach-Object { New-ReRankClusterJob "jobs/$_" -Method $_ @files }
/// Get-ReRankClusterJob jobs/* | Format-Table</code>
/// <para>Makes a table of them.</para>
/// </example>
/// <example>
/// <title>What each stage took</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $job = New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source
/// ($job | Get-ReRankClusterJob).Stages |
///     Select-Object Stage, Items, EstimatedTime, Elapsed, ProcessorTime | Export-Csv stages.csv</code>
/// <para>Writes what was estimated beside what was measured, for the next plan.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReRankClusterJob")]
[OutputType(typeof(ClusterJobStatus))]
public sealed class GetReRankClusterJobCommand : ClusterJobCommand
{
    private protected override void Process(ReRankClusterJob job) => WriteObject(Run(_ => StatusOf(job)));
}
