using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Takes some rows and columns of feature matrices.</summary>
/// <remarks>
/// <para>
/// A row must pass every filter that is given: -Label, -Camera, -Name, -Index. -Exclude takes the rows that do not. Of those, -First
/// takes the first and -Random some at random. Each matrix of the pipeline gives one, with its role, labels, cameras, names and source;
/// rows and columns keep their order, and each is taken once.
/// </para>
/// <para>
/// -Random draws without repetition, and the same rows each time: -Seed gives others. A row's key is the output of the generator
/// SplitMix64, started with the seed, that has the row's number; the rows with the smallest keys are taken. So a smaller sample is part
/// of a larger one, and the same rows of two matrices with the same images are drawn.
/// </para>
/// <para>
/// Import-FeatureMatrix takes the same parameters, and leaves out while it reads: a part of a large file needs no more memory than the part.
/// </para>
/// </remarks>
/// <example>
/// <title>A gallery without some labels</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $some = $gallery | Select-FeatureMatrix -Label 8, 9 -Exclude
/// $query, $some | Invoke-GnnReRank | Measure-RetrievalAccuracy</code>
/// <para>Leaves out the rows of two labels, as one leaves out junk (-1) and distractors (0) of Market-1501; that changes the neighbour graph too.</para>
/// </example>
/// <example>
/// <title>A small sample</title>
/// <code>Import-FeatureMatrix -Example | Select-FeatureMatrix -Random 10 -Seed 7</code>
/// <para>Draws ten rows of each set, the same each time.</para>
/// </example>
/// <example>
/// <title>Some cameras, fewer dimensions</title>
/// <code>$images = 1..6 | ForEach-Object { [pscustomobject]@{ Cam = $_ % 3; Embedding = 1, $_, ($_ * $_), 2 } }
/// $images | ConvertTo-FeatureMatrix Embedding -Camera Cam | Select-FeatureMatrix -Camera 1, 2 -Columns (0..2)</code>
/// <para>Takes the rows of two cameras, and of these the first three dimensions.</para>
/// </example>
/// <example>
/// <title>By name</title>
/// <code>$images = 1..6 | ForEach-Object { [pscustomobject]@{ File = "cat/$_.jpg"; Embedding = 1, $_, ($_ * $_) } }
/// $images | ConvertTo-FeatureMatrix -Property Embedding -Name File | Select-FeatureMatrix -Name cat/[1-3]*, *6.jpg</code>
/// <para>Takes the rows whose names match a wildcard.</para>
/// </example>
[Cmdlet(VerbsCommon.Select, "FeatureMatrix")]
[OutputType(typeof(FeatureMatrix))]
public sealed class SelectFeatureMatrixCommand : RowFilterCommand
{
    /// <summary>The matrices to take from. Each gives one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    private protected override void Process()
    {
        RowSelection selection = Rows();
        foreach (FeatureMatrix matrix in InputObject)
        {
            Target = matrix;
            FeatureMatrix taken = Run(_ => FeatureSelector.Select(matrix, selection, Columns));
            WriteVerbose($"Took {taken} of {matrix}.");
            WriteObject(taken);
        }
    }
}
