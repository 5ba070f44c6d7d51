using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Says what to do where something else came in place of a feature matrix: PowerShell's own words do not.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MatrixNeededAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => FeatureValues.Unwrap(inputData) switch
    {
        string path => throw new ArgumentTransformationMetadataException(
            $"Found the text '{path}', and a feature matrix is needed: read the file with Import-FeatureMatrix first."),
        RetrievalDataset => throw new ArgumentTransformationMetadataException(
            "Found a data set, and a feature matrix is needed: give its properties Query and Gallery, or pipe it to Search-FeatureMatrix, Invoke-GnnReRank or New-NeighborGraph."),
        NeighborGraph or Ranking => throw new ArgumentTransformationMetadataException(
            $"Found a {FeatureValues.Unwrap(inputData)!.GetType().Name}, and a feature matrix is needed: give its properties Query and Gallery."),
        _ => inputData,
    };
}
