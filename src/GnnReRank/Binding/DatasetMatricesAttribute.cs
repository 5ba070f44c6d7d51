using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>
/// The matrices of a pipeline. A data set stands for its two, those of <see cref="RetrievalDataset.Query"/> and
/// <see cref="RetrievalDataset.Gallery"/>; of anything else the message says what to do, where PowerShell's would speak of parameter sets.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DatasetMatricesAttribute : ArgumentTransformationAttribute
{
    private static readonly MatrixNeededAttribute s_matrix = new();

    /// <summary>Whether another parameter takes graphs from the pipeline.</summary>
    public bool OrGraph { get; init; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = CarriedResult.Argument(inputData);
        return FeatureValues.Unwrap(given) switch
        {
            RetrievalDataset dataset => MatricesOf(dataset),
            NeighborGraph when OrGraph => given!,
            _ => s_matrix.Transform(engineIntrinsics, given!),
        };
    }

    private static FeatureMatrix[] MatricesOf(RetrievalDataset dataset) => dataset.Query is not null && dataset.Gallery is not null
        ? [dataset.Query, dataset.Gallery]
        : throw new ArgumentTransformationMetadataException(
            $"The data set has no features of {(dataset.Query is null ? "its queries" : "its gallery")}: {dataset}. " +
            "Give them to Import-RetrievalDataset, with -Features, or with -Query and -Gallery.");
}
