using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>DukeMTMC-reID, in Market-1501's layout.</summary>
internal sealed class DukeReader : IDatasetReader
{
    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.DukeMtmc];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation) =>
        PersonFolders.Read(new DatasetPlace(kind, path, PersonFolders.Layout), cancellation);
}
