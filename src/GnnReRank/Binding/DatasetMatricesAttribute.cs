using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Lets a data set stand for its two matrices: those of <see cref="RetrievalDataset.Query"/> and <see cref="RetrievalDataset.Gallery"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DatasetMatricesAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = CarriedResult.Argument(inputData);
        if (FeatureValues.Unwrap(given) is not RetrievalDataset dataset)
        {
            return given!;
        }

        return dataset.Query is not null && dataset.Gallery is not null
            ? new[] { dataset.Query, dataset.Gallery }
            : throw new ArgumentTransformationMetadataException(
                $"The data set has no features of {(dataset.Query is null ? "its queries" : "its gallery")}: {dataset}. " +
                "Give them to Import-RetrievalDataset, with -Features, or with -Query and -Gallery.");
    }
}
