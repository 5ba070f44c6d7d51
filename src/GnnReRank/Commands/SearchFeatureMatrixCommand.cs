using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Ranks the gallery for each query by cosine similarity: the baseline that re-ranking improves.</summary>
/// <remarks>
/// <para>
/// Orders the gallery rows by their cosine with each query, highest first, ties by gallery index. Rows are L2-normalised on use.
/// </para>
/// <para>
/// Query and gallery come by name, or through the pipeline, where they are told apart by their roles.
/// </para>
/// </remarks>
/// <example>
/// <title>Measure the baseline</title>
/// <code>Import-FeatureMatrix -Example | Search-FeatureMatrix | Measure-RetrievalAccuracy</code>
/// <para>Ranks by cosine and measures the ranking.</para>
/// </example>
/// <example>
/// <title>See the first hits</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Search-FeatureMatrix $query $gallery -Top 5 | Expand-Ranking -QueryIndex 0</code>
/// <para>Keeps the five best gallery rows of each query, and shows those of the first query.</para>
/// </example>
/// <example>
/// <title>Compare before and after</title>
/// <code>$matrices = Import-FeatureMatrix -Example
/// $before = $matrices | Search-FeatureMatrix
/// $after = $matrices | Invoke-GnnReRank
/// $before, $after | Measure-RetrievalAccuracy</code>
/// <para>Measures the plain and the re-ranked list, as two rows of one table.</para>
/// </example>
[Cmdlet(VerbsCommon.Search, "FeatureMatrix", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(Ranking))]
public sealed class SearchFeatureMatrixCommand : MatrixPairCommand
{
    private const string PipelineSet = "Pipeline";
    private const string MatricesSet = "Matrices";

    /// <summary>One query and one gallery matrix, told apart by their roles, in any order; or a data set of Import-RetrievalDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [DatasetMatrices]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? InputObject { get; set; }

    /// <summary>The features to look for.</summary>
    [Parameter(Position = 0, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The features to search in.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>How many gallery rows to keep for each query, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    private protected override void Begin()
    {
        CheckTop(Top);
        base.Begin();
    }

    private protected override void Process() => Take(InputObject);

    private protected override void End()
    {
        MatrixPair pair = Pair(Query, Gallery);
        Target = pair.Gallery;
        if (!CenterCamera)
        {
            TellOfCameras(pair.Query, pair.Gallery);
        }

        CosineRanker ranker = new(new CosineSettings { CenterCamera = CenterCamera });
        WriteObject(Run(options => ranker.ReRank(pair.Query!, pair.Gallery, Top, options)));
    }
}
