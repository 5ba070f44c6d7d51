using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Running;

/// <summary>A folder for each seed, in memory where the system has such a place.</summary>
internal sealed class Workplace : IDisposable
{
    private const string InMemory = "/dev/shm";

    private readonly Dictionary<Seed, string> _folders = [];

    public Workplace()
    {
        string parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        Root = Directory.CreateDirectory(Path.Combine(parent, $"gnnrerank-fuzz-{Environment.ProcessId}")).FullName;
        Made = Directory.CreateDirectory(Path.Combine(Root, "made")).FullName;
        Temporary = Directory.CreateDirectory(Path.Combine(Root, "temporary")).FullName;
        Environment.SetEnvironmentVariable("TMPDIR", Temporary);
    }

    public string Root { get; }

    /// <summary>Where seeds are written, and reports.</summary>
    public string Made { get; }

    public string Temporary { get; }

    public string FolderOf(Seed seed)
    {
        if (!_folders.TryGetValue(seed, out string? folder))
        {
            folder = Directory.CreateDirectory(Path.Combine(Root, $"s{_folders.Count}")).FullName;
            foreach ((string name, byte[] bytes) in seed.Beside)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }

            _folders[seed] = folder;
        }

        return folder;
    }

    /// <summary>Puts a file in the place of the last one, under a new inode: an earlier one may be mapped still.</summary>
    public string Put(Seed seed, byte[] bytes)
    {
        string path = Path.Combine(FolderOf(seed), seed.File);
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
