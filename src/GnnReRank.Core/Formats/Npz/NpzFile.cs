using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Zip;

namespace GnnReRank.Formats.Npz;

/// <summary>An open .npz archive: a zip file whose entries NAME.npy are arrays.</summary>
internal sealed class NpzFile : IArrayFile
{
    private const string Format = nameof(FeatureFormat.Npz);
    private const string ArrayEnding = ".npy";

    private readonly ZipDirectory _archive;
    private readonly Dictionary<string, ZipMember> _members;
    private readonly FeatureReadOptions _options;

    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public NpzFile(string path, FeatureReadOptions options)
    {
        Path = path;
        _options = options;
        _archive = new ZipDirectory(path, options.Compute.CancellationToken);
        _members = _archive.Members
            .Where(member => member.Name.EndsWith(ArrayEnding, StringComparison.Ordinal))
            .ToDictionary(member => member.Name[..^ArrayEnding.Length]);
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => [.. _members.Keys];

    public NumericArray Numbers(string name) => Array(name).Numbers();

    public TextArray Text(string name) => Array(name).Strings();

    public void Verify(string name, CancellationToken cancellation)
    {
        using Stream stream = _archive.Open(_members[name]);
        StreamEnd.Discard(stream, _members[name].Length, cancellation);
        StreamEnd.Check(stream);
    }

    /// <summary>Whether an array holds Python objects.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public bool HoldsObjects(string name) => Array(name).HoldsObjects;

    /// <inheritdoc cref="NpyArray.Objects"/>
    public PickledData Objects(string name) => Array(name).Objects();

    public void Dispose() => _archive.Dispose();

    private NpyArray Array(string name)
    {
        ZipMember member = _members[name];
        return new NpyArray(Path, Format, name, member.Length, () => _archive.Open(member))
        {
            Locate = headerLength => DataStart(member, headerLength),
            IsChecked = true,
            Options = _options,
        };
    }

    private static long? DataStart(ZipMember member, int headerLength) => member.Method == ZipMethod.Stored ? member.Start + headerLength : null;
}
