using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes an index to a file, to be opened again in a moment.</summary>
/// <remarks>
/// <para>
/// The file ends in .rerank. It holds the gallery with its labels, cameras and names, the neighbour lists and what the method keeps of
/// them, with a checksum of each part; rows that were removed are left out. It is written beside its place and renamed, so a failure, or
/// a process that is killed, leaves what was there. A file that is there already is replaced only with -Force; it may be the one that the
/// index was read from.
/// </para>
/// </remarks>
/// <example>
/// <title>Keep an index</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex | Export-ReRankIndex digits.rerank -Force
/// $index = Import-ReRankIndex digits.rerank
/// Import-FeatureMatrix -Example -Set Query | Search-ReRankIndex $index -Top 10</code>
/// <para>Makes an index once, and searches it in another session.</para>
/// </example>
/// <example>
/// <title>Keep what was added</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// $gallery | Select-FeatureMatrix -First 1000 | New-ReRankIndex | Export-ReRankIndex growing.rerank -Force
/// $index = Import-ReRankIndex growing.rerank
/// $gallery | Select-FeatureMatrix -Random 50 | Add-ReRankIndexItem $index
/// $index | Export-ReRankIndex growing.rerank -Force -PassThru</code>
/// <para>Reads an index, adds rows, and writes it back.</para>
/// </example>
/// <example>
/// <title>See what would be written</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex -Method Cosine | Export-ReRankIndex no.rerank -WhatIf</code>
/// <para>Says what would happen, and writes nothing.</para>
/// </example>
[Cmdlet(VerbsData.Export, "ReRankIndex", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReRankIndexCommand : ExportCommand
{
    private ReRankIndex? _index;

    /// <summary>The index to write.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [IndexNeeded]
    [ArgumentCompleter(typeof(IndexCompleter))]
    public ReRankIndex? InputObject { get; set; }

    private protected override void Process()
    {
        Target = Path;
        _index = _index is null ? InputObject : throw Errors.SeveralForOneFile("index", Path);
    }

    private protected override void End()
    {
        if (_index is ReRankIndex index)
        {
            string path = SessionPaths.Literal(this, Path);
            Export($"{index}", [path], options => ReRankIndexFile.Write(path, index, Force, options));
        }
    }
}
