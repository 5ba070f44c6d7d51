using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Makes a feature matrix from the objects or arrays of a pipeline.</summary>
/// <remarks>
/// <para>
/// With -Property, each object gives a row: the property holds its features, and -Label, -Camera and -Name name the properties with
/// what else is known of it. Without, each object is a row itself: an array or a list of numbers.
/// </para>
/// <para>
/// PowerShell takes arrays apart in a pipeline. A list of rows arrives row by row, as it should; a single row needs a comma before
/// it (,$row), and so does a two-dimensional array (,$table), or give either to -InputObject.
/// </para>
/// <para>
/// A row with NaN, infinity or nothing but zeros is an error that gives the number of the object: -SkipInvalid leaves such rows
/// out with a warning.
/// </para>
/// </remarks>
/// <example>
/// <title>From objects</title>
/// <code>$images = 1..6 | ForEach-Object { [pscustomobject]@{ File = "$_.jpg"; Id = $_ % 3; Cam = $_ % 2; Embedding = 1, $_, ($_ * $_) } }
/// $images | ConvertTo-FeatureMatrix -Property Embedding -Label Id -Camera Cam -Name File</code>
/// <para>Makes a matrix of six rows with labels, cameras and names.</para>
/// </example>
/// <example>
/// <title>From arrays</title>
/// <code>$rows = (1, 0, 0), (0, 1, 0), (1, 1, 0)
/// $rows | ConvertTo-FeatureMatrix -Role Query</code>
/// <para>Makes a query matrix of three rows.</para>
/// </example>
/// <example>
/// <title>From a two-dimensional array</title>
/// <code>$matrix = Import-FeatureMatrix -Example -Set Gallery
/// $table = $matrix.ToArray()
/// ConvertTo-FeatureMatrix -InputObject $table -Role Gallery</code>
/// <para>Makes a gallery matrix of the rows of an array that other code has worked on.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "FeatureMatrix")]
[OutputType(typeof(FeatureMatrix))]
public sealed class ConvertToFeatureMatrixCommand : GnnReRankCommand
{
    private FeatureRowCollector _rows = new();

    /// <summary>An object with the features in a property, or a row of numbers; given by name also rows in a list or a two-dimensional array.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [RowsNeeded]
    public PSObject? InputObject { get; set; }

    /// <summary>The property with the features: an array or a list of numbers.</summary>
    [Parameter(Position = 0)]
    [TextNeeded("the name of a property is needed: it comes first, and rows come through the pipeline or as -InputObject")]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: each object is a row itself")]
    public string? Property { get; set; }

    /// <summary>The property with the label (identity), a whole number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: the matrix has no labels")]
    public string? Label { get; set; }

    /// <summary>The property with the camera, a whole number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: the matrix has no cameras")]
    public string? Camera { get; set; }

    /// <summary>The property with the name, often a file name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: the matrix has no names")]
    public string? Name { get; set; }

    /// <summary>The role of the matrix: Query or Gallery.</summary>
    [Parameter]
    public FeatureRole Role { get; set; }

    /// <summary>Leave out objects whose features hold NaN, infinity or nothing but zeros, with a warning, instead of failing.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    private protected override void Begin() => _rows = new FeatureRowCollector
    {
        Property = Property,
        Label = Label,
        Camera = Camera,
        Name = Name,
        SkipInvalid = SkipInvalid,
    };

    private protected override void Process()
    {
        Target = InputObject;
        _rows.Add(InputObject);
    }

    private protected override void End()
    {
        if (_rows.SkippedWarning is string warning)
        {
            WriteWarning(warning);
        }

        WriteObject(Run(_ => _rows.ToMatrix(Role)));
    }
}
