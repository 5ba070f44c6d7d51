namespace GnnReRank.Formats.Mat.Values;

/// <summary>Whole variables of a level 5 file.</summary>
/// <param name="path">The file.</param>
/// <param name="cancellation">Stops the reading of its headers.</param>
/// <exception cref="GnnReRankException">The file is of another version, or names a variable twice.</exception>
/// <exception cref="InvalidDataException">The file is damaged.</exception>
internal sealed class Mat5File(string path, CancellationToken cancellation) : IMatVariables
{
    private readonly MatFile _file = new(path, cancellation);

    public IReadOnlyList<string> Names => _file.Names;

    public object Value(string name, CancellationToken cancellation) => _file.Wanted(name).Read(
        (section, header, cursor) => new MatValueReader(section, cursor, cancellation).Read(header, name, depth: 0));

    public void CheckRest(CancellationToken cancellation) => _file.CheckRest(cancellation);

    public void Dispose() => _file.Dispose();
}
