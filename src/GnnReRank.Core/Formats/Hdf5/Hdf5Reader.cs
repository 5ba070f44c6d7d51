using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Hdf5;

/// <summary>Reads features, labels, cameras and names from the datasets of an HDF5 file.</summary>
internal sealed class Hdf5Reader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Hdf5;

    public IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5"];

    public bool CanMap => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => Hdf5Superblock.IsStart(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ArrayTables.Read(path, nameof(FeatureFormat.Hdf5), () => Open(path, options), options);

    private static IArrayFile Open(string path, FeatureReadOptions options)
    {
        Hdf5File file = new(path, nameof(FeatureFormat.Hdf5), options.Compute.CancellationToken);
        try
        {
            return Hdf5ImageNames.Find(file, options) is { } images ? new Hdf5ImageFile(file, images, options) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
