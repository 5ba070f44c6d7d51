namespace GnnReRank.Formats.Hdf5;

/// <summary>Finds the datasets of a file, at any depth of groups.</summary>
internal static class Hdf5Folder
{
    // What MATLAB keeps for itself: the contents of cells, and objects.
    private const char OwnMark = '#';

    // Groups within groups without end would make paths as long as the file, each a copy of the last.
    private const int LongestPath = 1024;

    /// <summary>The headers of the datasets, and of the groups that MATLAB keeps sparse matrices in, by their paths.</summary>
    /// <exception cref="InvalidDataException">A group is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">A group is kept in a way that is not read.</exception>
    public static Dictionary<string, Hdf5Header> Find(Hdf5Source source, long? root)
    {
        Dictionary<string, Hdf5Header> found = [];
        HashSet<long> groups = [];
        Queue<(string Path, long? Address)> open = new([(string.Empty, root)]);
        while (open.TryDequeue(out (string Path, long? Address) group))
        {
            // A group may be linked to from within itself.
            if (!groups.Add(group.Address ?? -1))
            {
                continue;
            }

            foreach ((string name, long? address) in Hdf5Links.Read(source, Hdf5Header.Read(source, group.Address)))
            {
                string path = group.Path + name;
                if (path.Length > LongestPath)
                {
                    throw new Hdf5UnreadException($"a path in it is longer than {LongestPath:N0} characters");
                }

                Hdf5Header header = Hdf5Header.Read(source, address);
                if (header.Has(Hdf5MessageType.Layout) || Hdf5Attributes.Find(source, header, "MATLAB_sparse") is not null)
                {
                    _ = found.TryAdd(path, header) ? true : throw new InvalidDataException($"It holds '{path}' twice");
                }
                else if (IsGroup(header) && !name.StartsWith(OwnMark))
                {
                    open.Enqueue((path + "/", address));
                }
            }
        }

        return found;
    }

    private static bool IsGroup(Hdf5Header header) =>
        header.Has(Hdf5MessageType.SymbolTable) || header.Has(Hdf5MessageType.LinkInfo) || header.Has(Hdf5MessageType.Link);
}
