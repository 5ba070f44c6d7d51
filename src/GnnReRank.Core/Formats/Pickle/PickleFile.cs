using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// Reads Python pickles of protocols 0 to 5 without ever executing anything of them: names outside a fixed list, and calls of any other
/// shape than data takes, are errors.
/// </summary>
internal static class PickleFile
{
    /// <summary>
    /// Reads a file that holds one pickle: null, bool, long (BigInteger past it), double, string (also a Python 2 str, as Latin-1),
    /// byte[], List of object (list), object[] (tuple), Dictionary (dict, OrderedDict), HashSet (set) and <see cref="PickledArray"/>;
    /// numpy scalars are plain numbers. What the pickle shares is shared: a walk of it must be bounded.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="loadStorage">Reads the bytes of a tensor's storage, which are a file of their own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GnnReRankException">PickleRefused: it asks for more than data. CorruptFile: it is damaged.</exception>
    public static object? Load(string path, Func<byte[], string, TorchStorage> loadStorage, CancellationToken cancellation)
    {
        using FileStream stream = InputFile.OpenRead(path);
        return Load(stream, stream.Length, path, loadStorage, cancellation);
    }

    /// <summary>Reads a stream that holds one pickle.</summary>
    /// <param name="stream">Stands at the pickle's first byte.</param>
    /// <param name="length">The bytes there are from there.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="loadStorage">Reads the bytes of a tensor's storage, which are a file of their own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="storages">Gives tensors their storages; null where a pickle has none.</param>
    /// <exception cref="GnnReRankException">PickleRefused: it asks for more than data. CorruptFile: it is damaged.</exception>
    public static object? Load(
        Stream stream, long length, string path, Func<byte[], string, TorchStorage> loadStorage, CancellationToken cancellation, IPickleStorages? storages = null)
    {
        PickleInput input = new(stream, length, new PickleSite(path));
        try
        {
            object? value = new PickleMachine(input, storages, loadStorage).Run(cancellation);
            return input.Remaining == 0 ? value : throw input.Site.Corrupt($"{input.Remaining:N0} bytes follow the end of the pickle.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw FormatErrors.Corrupt(path, nameof(FeatureFormat.Pickle), $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
