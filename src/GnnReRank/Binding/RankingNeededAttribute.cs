using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Says what to do where something else came in place of a ranking: PowerShell's own words name neither.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RankingNeededAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => FeatureValues.Unwrap(inputData) switch
    {
        FeatureMatrix or RetrievalDataset or NeighborGraph => throw new ArgumentTransformationMetadataException(
            $"Found a {FeatureValues.Unwrap(inputData)!.GetType().Name}, and a ranking is needed: make one with Search-FeatureMatrix or Invoke-GnnReRank first."),
        RetrievalAccuracy => throw new ArgumentTransformationMetadataException(
            "Found a result of Measure-RetrievalAccuracy, and a ranking is needed: give the ranking that was measured."),
        _ => inputData,
    };
}
