using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Makes a gallery ready to re-rank one query at a time, and to grow.</summary>
/// <remarks>
/// <para>
/// Finds the neighbours of every gallery row once, and keeps what the method needs of them, so that Search-ReRankIndex re-ranks a query
/// in little more than a scan of the gallery. Queries are not part of the graph: each is ranked as if it were the only one, so figures
/// differ from those of Invoke-ReRank, which takes all queries at once. Results say so (query by query).
/// </para>
/// <para>
/// The method is Diffusion, unless given; Gnn and Cosine have indexes too. Their parameters are those of Invoke-ReRank, and complete once
/// -Method is there. What Gnn chooses by itself is chosen now, from the gallery's lists, and stays when the gallery grows. Cameras are
/// not used: centre gallery and queries by one transform of New-FeatureTransform -CenterCamera.
/// </para>
/// <para>
/// The neighbours are the exact ones. Where finding them takes the processor more than about a minute, a warning says
/// how long. Nearly all of them are found in a part of that time by
/// New-NeighborGraph -Gallery $gallery -Method Approximate | New-ReRankIndex.
/// </para>
/// <para>
/// Add-ReRankIndexItem and Remove-ReRankIndexItem change the index while others search it, and Export-ReRankIndex keeps it in a file.
/// </para>
/// </remarks>
/// <example>
/// <title>Queries one at a time</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = New-ReRankIndex $gallery
/// $query | Search-ReRankIndex $index | Measure-RetrievalAccuracy</code>
/// <para>Ranks each query as if it were the only one, and measures that.</para>
/// </example>
/// <example>
/// <title>Another method</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex -Method Gnn -K1 20 -K2 6</code>
/// <para>The parameters are those of the method.</para>
/// </example>
/// <example>
/// <title>Of a graph that is there</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// $graph = New-NeighborGraph -Gallery $gallery
/// $graph | New-ReRankIndex -Method Diffusion
/// $graph | New-ReRankIndex -Method Gnn</code>
/// <para>Spares the search for neighbours. The graph is that of the gallery alone.</para>
/// </example>
/// <example>
/// <title>Of many rows</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// $index = New-NeighborGraph -Gallery $gallery -Method Approximate | New-ReRankIndex
/// $index.Approximation</code>
/// <para>
/// Finds nearly all neighbours in a part of the time. The example has few rows, so its neighbours are exact, and there
/// is no Approximation.
/// </para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReRankIndex", DefaultParameterSetName = GallerySet)]
[OutputType(typeof(ReRankIndex))]
public sealed class NewReRankIndexCommand : DeviceCommand, IDynamicParameters
{
    private const string GallerySet = "Gallery";
    private const string GraphSet = "Graph";

    private RuntimeDefinedParameterDictionary _parameters = [];
    private MethodSettings? _settings;

    /// <summary>The gallery, by name or through the pipeline. Each matrix gives an index.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = GallerySet)]
    [GalleryNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>
    /// The neighbour graph of the gallery alone, instead of building one: of New-NeighborGraph -Gallery, or of Import-NeighborGraph with
    /// its -Gallery. What its lists hold beyond the method's needs helps when rows are removed.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = GraphSet)]
    [ArgumentCompleter(typeof(GraphCompleter))]
    public NeighborGraph? Graph { get; set; }

    /// <summary>The method: Diffusion, Gnn or Cosine.</summary>
    [Parameter]
    [MethodName]
    [ArgumentCompleter(typeof(IndexMethodCompleter))]
    public string Method { get; set; } = MethodName.Default.ToString();

    private ReRankMethodInfo Info => MethodName.Find(Method)!;

    /// <summary>The parameters of the method given, or of the default.</summary>
    public object GetDynamicParameters() => _parameters = MethodParameters.Of(Info, hidesCameras: true);

    private protected override void Begin()
    {
        _settings = MethodParameters.Apply(Info, _parameters);
        Target = _settings;
        ReRankIndex.Require(_settings);
        base.Begin();
    }

    private protected override void Process()
    {
        Target = (object?)Graph ?? Gallery;
        if (Gallery is { Role: FeatureRole.Query })
        {
            throw Errors.QueriesForGallery(Gallery);
        }

        ReRankIndex index = Run(options => Graph is null
            ? BuildExactly(Gallery!, options)
            : ReRankIndex.Build(Graph, _settings, options));
        WriteVerbose($"Made a {index}.");
        WriteObject(index);
    }

    private ReRankIndex BuildExactly(FeatureMatrix gallery, ComputeOptions options)
    {
        if (_settings is not CosineSettings && LongSearch.TimeOf(null, gallery, options) is string time)
        {
            options.Warn?.Invoke(FormattableString.Invariant(
                $"Finding the neighbours of {gallery.RowCount:N0} rows takes about {time}. ") +
                "'New-NeighborGraph -Gallery $gallery -Method Approximate | New-ReRankIndex' finds nearly all of them, " +
                "on most features in half of that or less; Ctrl+C stops.");
        }

        return ReRankIndex.Build(gallery, _settings, options);
    }
}
