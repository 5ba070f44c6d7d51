using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>Oxford-5k and Paris-6k: the text files of their authors, or a gnd file with the lists ok and junk.</summary>
internal sealed class OxfordParisReader : IDatasetReader
{
    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Oxford5k, DatasetKind.Paris6k];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        string[] queryFiles = Directory.Exists(path) ? LandmarkFiles.Nearest(path, "*_query.txt", cancellation) : [];
        if (queryFiles.Length == 0)
        {
            string file = LandmarkFiles.Gnd(kind, path, cancellation)
                ?? throw LandmarkErrors.Missing(path, $"LANDMARK_N_query.txt and no gnd_{kind.ToString().ToLowerInvariant()}.pkl or .mat");
            return GndTruth.Of(GndFile.Load(file, isRevisited: false, cancellation));
        }

        OxfordQuery[] queries = OxfordQuery.ReadAll(path, queryFiles, cancellation);
        return new OxfordGallery(kind, path, queries, cancellation).Truth();
    }
}
