using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>The revisited Oxford and Paris: gnd_roxford5k or gnd_rparis6k, .pkl or .mat.</summary>
internal sealed class RevisitedReader : IDatasetReader
{
    private readonly bool _withDistractors;

    /// <param name="withDistractors">Whether every other feature row is a distractor, as of the million that the authors offer.</param>
    public RevisitedReader(bool withDistractors) => _withDistractors = withDistractors;

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.ROxford5k, DatasetKind.RParis6k];

    public string? Variant => _withDistractors ? "WithDistractors" : null;

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        string file = LandmarkFiles.Gnd(kind, path, cancellation)
            ?? throw LandmarkErrors.Missing(path, $"gnd_{kind.ToString().ToLowerInvariant()}.pkl and no .mat of that name");
        return GndTruth.Of(GndFile.Load(file, isRevisited: true, cancellation)) with { GalleryIsOpen = _withDistractors };
    }
}
