using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;

namespace GnnReRank.Formats.Mat.Values;

/// <summary>The variables of a file of MATLAB 7.3, which are the objects in the root of an HDF5 file.</summary>
internal sealed class Mat73File : IMatVariables
{
    // What MATLAB keeps for itself: the contents of cells, and objects.
    private const char OwnMark = '#';

    private readonly string _path;
    private readonly Hdf5Source _source;
    private readonly Dictionary<string, long?> _variables = [];

    /// <exception cref="GnnReRankException">The file is kept in a way that is not read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Mat73File(string path, CancellationToken cancellation)
    {
        _path = path;
        _source = new Hdf5Source(path, cancellation);
        try
        {
            Hdf5Header root = Hdf5Header.Read(_source, Hdf5Superblock.Read(_source));
            foreach ((string name, long? address) in Hdf5Links.Read(_source, root).Where(link => !link.Name.StartsWith(OwnMark)))
            {
                _ = _variables.TryAdd(name, address) ? true : throw new InvalidDataException($"It holds '{name}' twice");
            }
        }
        catch (Hdf5UnreadException exception)
        {
            _source.Dispose();
            throw FormatErrors.Unsupported(path, $"the file cannot be read: {exception.Message}.");
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Names => [.. _variables.Keys];

    public object Value(string name, CancellationToken cancellation)
    {
        try
        {
            return new Mat73ValueReader(_source).Read(_variables[name], name, depth: 0);
        }
        catch (Hdf5UnreadException exception)
        {
            throw FormatErrors.Unsupported(_path, $"variable '{name}' cannot be used: {exception.Message}.");
        }
    }

    /// <summary>Nothing in the file is there to verify what was not read.</summary>
    public void CheckRest(CancellationToken cancellation)
    {
    }

    public void Dispose() => _source.Dispose();
}
