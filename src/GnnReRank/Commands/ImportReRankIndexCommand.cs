using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Opens an index from a file of Export-ReRankIndex.</summary>
/// <remarks>
/// <para>
/// The features stay in the file and are read as they are searched, so that an index of any size opens at once, and several processes
/// share its memory. The first search reads the rest, and checks all of it; -Verify does so at once. A file that was cut short or changed
/// is refused, and so is one of a later version.
/// </para>
/// <para>
/// Changes stay in memory until Export-ReRankIndex writes them.
/// </para>
/// </remarks>
/// <example>
/// <title>Search an index of another session</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex | Export-ReRankIndex digits.rerank -Force
/// $index = Import-ReRankIndex digits.rerank
/// Import-FeatureMatrix -Example -Set Query | Search-ReRankIndex $index | Measure-RetrievalAccuracy</code>
/// <para>Opens an index and searches it.</para>
/// </example>
/// <example>
/// <title>See what a file holds</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex | Export-ReRankIndex digits.rerank -Force
/// Get-Item digits.rerank | Import-ReRankIndex | Format-List</code>
/// <para>Shows the method and the sizes.</para>
/// </example>
/// <example>
/// <title>Check a file</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex | Export-ReRankIndex copied.rerank -Force
/// $null = Import-ReRankIndex copied.rerank -Verify -ErrorAction Stop</code>
/// <para>Reads all of a file and fails if it is not as it was written.</para>
/// </example>
[Cmdlet(VerbsData.Import, "ReRankIndex")]
[OutputType(typeof(ReRankIndex))]
public sealed class ImportReRankIndexCommand : GnnReRankCommand
{
    /// <summary>The .rerank file, taken literally; relative to the current location.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Read and check all of the file now, and not at the first search.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    private protected override void Process() => Attempt(Path, () =>
    {
        string path = SessionPaths.Literal(this, Path);
        ReRankIndex index = Run(options => ReRankIndexFile.Read(path, Verify, options));
        WriteVerbose($"Opened a {index} from '{path}'.");
        WriteObject(index);
    });
}
