using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads the queries, the gallery and the truth of a published data set, and joins features to its images by name.</summary>
/// <remarks>
/// <para>
/// Reads what the data set's authors publish: folders of named images, lists, MATLAB and Python files. The images themselves are never
/// opened, and need not be there where lists name them. The result knows its protocol, and goes into Invoke-GnnReRank,
/// Search-FeatureMatrix and New-NeighborGraph as its two matrices,
/// and into Measure-RetrievalAccuracy as -GroundTruth.
/// </para>
/// <para>
/// Features are joined by the names of their rows. A name may be a path, '/data/query/0002_c1s1_000451_03.jpg', or the file name, with
/// or without its ending: names agree where one ends in the other, folder by folder; only where none does, the file name alone decides. A name
/// that fits two images is an error. Images without features, and features without an image, are left out, listed in the result, and summed up in a warning.
/// With -InOrder names do not count: row i is image i of the data set, in the order of its lists, or of its file names where it has
/// folders (by code point, folder by folder).
/// </para>
/// <para>
/// Variants. Market1501: Full (19,732 gallery images), WithoutJunk (15,913: the images labelled -1 are dropped first, which also changes
/// the neighbour graph). Cuhk03NP: Detected, Labeled. VehicleId: 800, 1600, 2400. University1652: DroneToSatellite, SatelliteToDrone,
/// StreetToSatellite, StreetToDrone. Gldv2: Private, Public, Both (the queries' Usage). ROxford5k, RParis6k: WithDistractors (feature rows that no
/// list names are distractors, as of the published million). The first is taken unless -Variant or the name of the file says another.
/// </para>
/// <para>
/// VehicleID, CUHK03 classic, Stanford Online Products, CUB and Cars have one set: its images are queries and gallery alike, and the protocol takes
/// care of that. For VehicleID -Seed draws one gallery image a vehicle instead, and leaves the others as queries, as its authors do; their figure is
/// the mean over ten draws. Use it for re-ranking, whose neighbour graph should hold each image once.
/// </para>
/// </remarks>
/// <example>
/// <title>How a data set is read</title>
/// <code>$names = 'query/0001_c1s1_000001_00.jpg', 'bounding_box_test/0001_c2s1_000002_00.jpg', 'bounding_box_test/0002_c2s1_000003_00.jpg'
/// $null = $names | ForEach-Object { New-Item market/$_ -Force }
/// $images = $names | ForEach-Object { [pscustomobject]@{ File = $_; Embedding = 1, $_.Length, [int][char] $_[10] } }
/// $set = $images | ConvertTo-FeatureMatrix Embedding -Name File | Import-RetrievalDataset Market1501 market
/// Search-FeatureMatrix $set.Query $set.Gallery | Measure-RetrievalAccuracy -GroundTruth $set</code>
/// <para>Makes a Market-1501 of three empty files, to be tried anywhere: the names alone say what is a query, who it shows and which camera took it.
/// A warning says that it is not the published one.</para>
/// </example>
/// <example>
/// <title>From features to official figures</title>
/// <code>$features = Import-FeatureMatrix named.parquet
/// $set = Import-RetrievalDataset Market1501 market -Features $features
/// $set | Invoke-GnnReRank | Measure-RetrievalAccuracy -GroundTruth $set</code>
/// <para>Joins the features of all images to the data set by their names, re-ranks, and measures by the data set's protocol and lists.
/// Needs Market-1501 in the folder market, and features of its images, with their names, in named.parquet.</para>
/// </example>
/// <example>
/// <title>A matrix for each set</title>
/// <code>$query = Import-FeatureMatrix named_query.parquet
/// $gallery = Import-FeatureMatrix named_gallery.parquet
/// $set = Import-RetrievalDataset -Protocol Market-1501 -Path market -Query $query -Gallery $gallery -RequireAll
/// Search-FeatureMatrix $set.Query $set.Gallery | Measure-RetrievalAccuracy -Protocol $set.Protocol</code>
/// <para>Joins each set on its own; an image without features is an error. Needs the data set and features of each set.</para>
/// </example>
/// <example>
/// <title>Features without names</title>
/// <code>$query = Import-FeatureMatrix query.npy
/// $set = Import-RetrievalDataset Market1501 market -Query $query -InOrder
/// $set.Query.Labels</code>
/// <para>Takes row i as the data set's i-th query, as scripts write features that go through the images in order. Needs the data set.</para>
/// </example>
/// <example>
/// <title>What found no partner</title>
/// <code>$set = Import-FeatureMatrix named.parquet | Import-RetrievalDataset Market1501 market -Variant WithoutJunk
/// $set.UnmatchedImages
/// $set.UnmatchedFeatures</code>
/// <para>Leaves the junk out of the gallery, and shows the images without features and the features without an image. Needs the data set.</para>
/// </example>
/// <example>
/// <title>The mean over ten draws, as VehicleID is measured</title>
/// <code>$features = Import-FeatureMatrix named.parquet
/// 0..9 | ForEach-Object {
///     $set = Import-RetrievalDataset VehicleID vehicles/test_list_800.txt -Features $features -Seed $_
///     $set | Invoke-GnnReRank | Measure-RetrievalAccuracy -GroundTruth $set -Draws 1
/// }</code>
/// <para>Draws a gallery of one image a vehicle ten times, re-ranks and measures each: the published figure is their mean. Needs VehicleID's
/// list test_list_800.txt, and features of its images, with their names.</para>
/// </example>
[Cmdlet(VerbsData.Import, "RetrievalDataset", DefaultParameterSetName = SetsSet)]
[OutputType(typeof(RetrievalDataset))]
public sealed class ImportRetrievalDatasetCommand : GnnReRankCommand
{
    private const string SetsSet = "Sets";
    private const string FeaturesSet = "Features";

    private readonly PipelineMatrices _matrices = new();

    /// <summary>The data set, by its name here or as papers write it: Market-1501, CUHK03-NP, VeRi-776, SOP.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Dataset")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DatasetKindCompleter))]
    public DatasetName? Protocol { get; set; }

    /// <summary>The data set's folder, or the file with its truth, taken literally; relative to the current location.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The features of the queries.</summary>
    [Parameter(ParameterSetName = SetsSet)]
    [ValidateNotNull]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the truth alone is read")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The features of the gallery.</summary>
    [Parameter(ParameterSetName = SetsSet)]
    [ValidateNotNull]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the truth alone is read")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>The features of all images in one matrix. Through the pipeline also a query and a gallery, told apart by their roles.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FeaturesSet)]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] Features { get; set; } = [];

    /// <summary>The form of the data set, where it has several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the one that the file's name speaks of, else the usual one")]
    [ArgumentCompleter(typeof(DatasetVariantCompleter))]
    public string? Variant { get; set; }

    /// <summary>VehicleId: draw one gallery image a vehicle, from this seed, and make all others the queries.</summary>
    [Parameter]
    [PSDefaultValue(Help = "none: nothing is drawn")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Seed { get; set; }

    /// <summary>Take rows in the data set's order, without regard to names. With -Features the queries' rows come first, then the gallery's.</summary>
    [Parameter]
    public SwitchParameter InOrder { get; set; }

    /// <summary>Fail where an image has no features, instead of leaving it out with a warning.</summary>
    [Parameter]
    public SwitchParameter RequireAll { get; set; }

    private protected override void Process() => _matrices.Add(Features);

    private protected override void End()
    {
        Target = Protocol;
        DatasetKind kind = Protocol!.Kind;
        Target = Path;
        string path = SessionPaths.Literal(this, Path);
        DatasetReadOptions options = WithFeatures(new DatasetReadOptions
        {
            Variant = Variant,
            Seed = Seed,
            InOrder = InOrder,
            RequireAll = RequireAll,
        });
        Target = path;
        RetrievalDataset dataset = Run(compute => RetrievalDatasets.Read(
            kind, path, options with { CancellationToken = compute.CancellationToken }));
        foreach (string warning in dataset.Warnings)
        {
            WriteWarning(warning);
        }

        WriteVerbose($"Read {dataset} from '{path}'.");
        WriteObject(dataset);
    }

    private DatasetReadOptions WithFeatures(DatasetReadOptions options)
    {
        if (ParameterSetName == SetsSet)
        {
            return options with { Query = Query, Gallery = Gallery };
        }

        if (_matrices.All is [FeatureMatrix single])
        {
            return options with { Features = single };
        }

        MatrixPair pair = _matrices.ToPair();
        return options with { Query = pair.Query, Gallery = pair.Gallery };
    }
}
