using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Makes one feature matrix of several: their rows one after the other, or the features of several models side by side.</summary>
/// <remarks>
/// <para>
/// Rows are joined in the order of the pipeline. All matrices need the same dimension, and labels, cameras and names must be known of all
/// of them or of none.
/// </para>
/// <para>
/// With -Concatenate, columns are joined: each matrix holds the features of the same images by another model. All need the same rows in
/// the same order, and whatever several of them know of a row must agree; -MatchNames finds the rows by their names instead.
/// -Normalize divides each row of each part by its L2 norm first, as is usual where models are combined: without it, the model with the
/// longer features decides.
/// </para>
/// <para>
/// The result is float16 where all parts are, and keeps their role where they have the same; -Role gives it another.
/// </para>
/// </remarks>
/// <example>
/// <title>A gallery in two files</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $gallery | Select-FeatureMatrix -Index (0..699) | Export-FeatureMatrix gallery1.parquet -Force
/// $gallery | Select-FeatureMatrix -Index (0..699) -Exclude | Export-FeatureMatrix gallery2.parquet -Force
/// $joined = Import-FeatureMatrix gallery?.parquet -Role Gallery | Join-FeatureMatrix
/// $query, $joined | Search-FeatureMatrix</code>
/// <para>Reads every part of a gallery, and searches them as one.</para>
/// </example>
/// <example>
/// <title>Two models</title>
/// <code>$first = Import-FeatureMatrix -Example -Set Gallery
/// $second = $first | Select-FeatureMatrix -Columns (0..15)
/// $first, $second | Join-FeatureMatrix -Concatenate -Normalize</code>
/// <para>Puts the features of two models side by side; each weighs the same. Here some of the columns stand for a second model.</para>
/// </example>
/// <example>
/// <title>Query and gallery as one</title>
/// <code>Import-FeatureMatrix -Example | Join-FeatureMatrix -Role Gallery | Export-FeatureMatrix all.parquet -Force</code>
/// <para>Writes both sets, with their labels, as one gallery.</para>
/// </example>
[Cmdlet(VerbsCommon.Join, "FeatureMatrix", DefaultParameterSetName = RowSet)]
[OutputType(typeof(FeatureMatrix))]
public sealed class JoinFeatureMatrixCommand : GnnReRankCommand
{
    private const string RowSet = "Rows";
    private const string ColumnSet = "Columns";

    private readonly List<FeatureMatrix> _matrices = [];

    /// <summary>The matrices to join, in their order.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    /// <summary>Join the columns, not the rows: the matrices hold features of the same images.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    public SwitchParameter Concatenate { get; set; }

    /// <summary>Divide each row of each part by its L2 norm first, so that every part weighs the same.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    public SwitchParameter Normalize { get; set; }

    /// <summary>Bring the rows of the later matrices into the order of the first by their names, which must occur once.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    public SwitchParameter MatchNames { get; set; }

    /// <summary>The role of the result: Query or Gallery. That of the matrices where they have the same, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "that of the matrices where they have the same, else None")]
    public FeatureRole? Role { get; set; }

    private protected override void Begin()
    {
        string? given = Normalize ? nameof(Normalize) : MatchNames ? nameof(MatchNames) : null;
        if (given is not null && !Concatenate)
        {
            throw Errors.ConcatenateNeeded(given);
        }
    }

    private protected override void Process() => _matrices.AddRange(InputObject);

    private protected override void End()
    {
        Target = _matrices.ToArray();
        FeatureMatrix joined = Run(_ => Concatenate
            ? FeatureJoiner.Concatenate(_matrices, Normalize, MatchNames)
            : FeatureJoiner.Append(_matrices));
        WriteVerbose($"Joined {_matrices.Count:N0} matrices to {joined}.");
        WriteObject(Role is FeatureRole role ? joined.WithRole(role) : joined);
    }
}
