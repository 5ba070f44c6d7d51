using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Npy;

/// <summary>Writes the features of a matrix as one .npy array. The format has no place for labels, cameras and names: they are left out.</summary>
internal sealed class NpyWriter : IFeatureWriter
{
    public FeatureFormat Format => FeatureFormat.Npy;

    public bool HoldsSeveral => false;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        FeatureMatrix matrix = matrices[0];
        using FileStream stream = File.Create(path);
        NpyEncoder.Write(stream, matrix, options.CancellationToken);
    }
}
