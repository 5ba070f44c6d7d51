using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that takes a query and a gallery: by name, or through the pipeline, where their roles tell them apart.</summary>
public abstract class MatrixPairCommand : DeviceCommand
{
    private readonly PipelineMatrices _pipeline = new();

    private protected MatrixPairCommand()
    {
    }

    /// <summary>
    /// Centre each row by its camera first: subtract the mean of the camera's rows, of query and gallery together. It
    /// needs every row's camera, and raises accuracy where several cameras see the same things; the result keeps the
    /// matrices as they were given.
    /// </summary>
    [Parameter]
    public SwitchParameter CenterCamera { get; set; }

    /// <summary>Says what cameras could bring, where both matrices know them and nobody uses them.</summary>
    /// <param name="query">The queries, if known.</param>
    /// <param name="gallery">The gallery, if known.</param>
    private protected void TellOfCameras(FeatureMatrix? query, FeatureMatrix? gallery)
    {
        if (query is { HasCameras: true, Cameras: not null } && gallery is { HasCameras: true, Cameras: not null } &&
            query.Cameras.Concat(gallery.Cameras).Distinct().Skip(1).Any())
        {
            WriteVerbose(
                "Query and gallery know their cameras, and these are not used: -CenterCamera subtracts each " +
                    "camera's mean first, which brought " +
                "1.7 to 11 points of mAP on the ten camera sets that were measured (docs/cameras.md).");
        }
    }

    /// <summary>Takes what one object of the pipeline brought; null where the matrices are given by name.</summary>
    private protected void Take(IEnumerable<FeatureMatrix>? matrices) => _pipeline.Add(matrices ?? []);

    /// <summary>What may be given in place of the two matrices, for the error where one is missing.</summary>
    private protected virtual string Alternative => string.Empty;

    /// <summary>The matrices given by name, or else the two of the pipeline.</summary>
    /// <exception cref="GnnReRankException">One is missing, or the pipeline gave more, fewer or others.</exception>
    private protected MatrixPair Pair(FeatureMatrix? query, FeatureMatrix? gallery) => (query, gallery) switch
    {
        (null, null) => FromPipeline(_pipeline.ToPair),
        (null, _) => throw Errors.OneMatrixAlone(nameof(gallery), nameof(query), Alternative),
        (_, null) => throw Errors.OneMatrixAlone(nameof(query), nameof(gallery), Alternative),
        _ => Named(query, gallery),
    };

    /// <summary>As <see cref="Pair"/>; one matrix alone will do, if it has no role or is a gallery that was given by name.</summary>
    /// <exception cref="GnnReRankException">One is missing, or the pipeline gave more, fewer or others.</exception>
    private protected MatrixPair PairOrSingle(FeatureMatrix? query, FeatureMatrix? gallery) => (query, gallery) switch
    {
        (null, null) => FromPipeline(_pipeline.ToPairOrSingle),
        ({ Role: FeatureRole.Query }, null) => throw Errors.OneMatrixAlone(nameof(query), nameof(gallery), Alternative),
        (_, null) => new MatrixPair(null, query),
        _ => Named(query, gallery),
    };

    /// <summary>As <see cref="PairOrSingle"/>; a gallery alone will do from the pipeline too.</summary>
    /// <exception cref="GnnReRankException">One is missing, or the pipeline gave more, fewer or others.</exception>
    private protected MatrixPair PairOrGallery(FeatureMatrix? query, FeatureMatrix? gallery) =>
        query is null && _pipeline.All is [{ Role: FeatureRole.Gallery } alone]
            ? new MatrixPair(null, alone)
            : query is null && gallery is not null ? new MatrixPair(null, gallery) : PairOrSingle(query, gallery);

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
