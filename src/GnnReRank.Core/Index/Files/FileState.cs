using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Indexing.Files;

/// <summary>The arrays of a method's own in an index file; each is checked when it is first asked for.</summary>
/// <param name="file">The file.</param>
/// <param name="options">How the call runs.</param>
internal sealed class FileState(IndexFile file, ComputeOptions options) : IStateReader
{
    private readonly HashSet<string> _checked = [];

    public long Count<T>(string name)
        where T : unmanaged => Find<T>(name)?.Count ?? 0;

    public void Read<T>(string name, long first, Span<T> values)
        where T : unmanaged
    {
        IndexSection? section = Find<T>(name);
        if (first < 0 || first > (section?.Count ?? 0) - values.Length)
        {
            throw Broken(
                $"its section '{SectionNames.OfState(name)}' has {section?.Count ?? 0:N0} values, and {values.Length:N0} are expected at {first:N0}");
        }

        if (section is not null)
        {
            file.ReadBytes(section, first * Unsafe.SizeOf<T>(), MemoryMarshal.AsBytes(values));
        }
    }

    public GnnReRankException Broken(string how) => file.Broken(how);

    /// <summary>Refuses arrays that nobody asked for: the method does not know them.</summary>
    /// <exception cref="GnnReRankException">There is one.</exception>
    public void RequireAllKnown()
    {
        IndexSection? unknown = file.Directory.Sections.FirstOrDefault(
            section => SectionNames.IsState(section.Name) && !_checked.Contains(section.Name));
        if (unknown is not null)
        {
            throw Broken($"its section '{unknown.Name}' is none that its method has");
        }
    }

    private IndexSection? Find<T>(string name)
        where T : unmanaged
    {
        string section = SectionNames.OfState(name);
        if (file.Directory.Find(section) is null)
        {
            return null;
        }

        IndexSection found = file.Section<T>(section);
        if (!_checked.Contains(section))
        {
            file.Check(found, options);
            _ = _checked.Add(section);
        }

        return found;
    }
}
