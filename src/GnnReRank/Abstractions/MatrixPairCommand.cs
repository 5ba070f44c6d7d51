using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that takes a query and a gallery: by name, or through the pipeline, where their roles tell them apart.</summary>
public abstract class MatrixPairCommand : DeviceCommand
{
    private readonly PipelineMatrices _pipeline = new();

    private protected MatrixPairCommand()
    {
    }

    /// <summary>Takes what one object of the pipeline brought; null where the matrices are given by name.</summary>
    private protected void Take(IEnumerable<FeatureMatrix>? matrices) => _pipeline.Add(matrices ?? []);

    /// <summary>The matrices given by name, or else the two of the pipeline.</summary>
    /// <exception cref="GnnReRankException">The pipeline gave more, fewer or others.</exception>
    private protected MatrixPair Pair(FeatureMatrix? query, FeatureMatrix? gallery) =>
        gallery is null ? FromPipeline(_pipeline.ToPair) : Named(query, gallery);

    /// <summary>As <see cref="Pair"/>; one matrix without a role, or a gallery alone, will do.</summary>
    /// <exception cref="GnnReRankException">The pipeline gave more, fewer or others.</exception>
    private protected MatrixPair PairOrSingle(FeatureMatrix? query, FeatureMatrix? gallery) =>
        gallery is null ? FromPipeline(_pipeline.ToPairOrSingle) : Named(query, gallery);

    private MatrixPair FromPipeline(Func<MatrixPair> take)
    {
        Target = _pipeline.All;
        return take();
    }

    private MatrixPair Named(FeatureMatrix? query, FeatureMatrix gallery)
    {
        MatrixPair pair = new(query, gallery);
        if (pair.IsSwapped)
        {
            WriteWarning(MatrixPair.SwappedWarning);
        }

        return pair;
    }
}
