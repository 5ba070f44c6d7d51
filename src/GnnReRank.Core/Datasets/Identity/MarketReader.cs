using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>Market-1501 with its junk images (label -1), or without.</summary>
internal sealed class MarketReader(bool withJunk) : IDatasetReader
{
    private const long Junk = -1;

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Market1501];

    public string Variant { get; } = withJunk ? "Full" : "WithoutJunk";

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetTruth all = PersonFolders.Read(new DatasetPlace(kind, path, PersonFolders.Layout), cancellation);
        return withJunk ? all : all with { Gallery = [.. all.Gallery.Where(image => image.Label != Junk)] };
    }
}
