using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace GnnReRank.Formats.Files;

/// <summary>
/// Where a file is written before it gets its name: hidden beside it, with a lock file that is held as long as the writer lives. The
/// system lets go of it however the process ends, so what lies there without a holder is left over.
/// </summary>
internal sealed class HiddenFile : IDisposable
{
    /// <summary>The ending of lock files.</summary>
    public const string LockEnding = ".lock";

    private const string NewEnding = ".tmp";
    private const string OldEnding = ".old";

    // Shortened, so that a name near the system's limit can be written too; the digits tell names apart that begin alike.
    private const int LongestKept = 60;
    private const int NameDigits = 12;
    private const int LockAttempts = 5;

    private const UnixFileMode OwnerWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private readonly FileStream _lock;

    /// <param name="target">The final path.</param>
    /// <exception cref="IOException">The system does not make a file there.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not permit it.</exception>
    public HiddenFile(string target)
    {
        Target = target;
        (Stem, _lock) = Locked(Path.Combine(FolderOf(target), PrefixOf(target)));
        if (!OperatingSystem.IsWindows() && ModeOf(target) is UnixFileMode mode)
        {
            Begin(mode);
        }
    }

    /// <summary>The final path.</summary>
    public string Target { get; }

    /// <summary>The path of all that belongs to this writer, without an ending.</summary>
    public string Stem { get; }

    /// <summary>Where the new content is written.</summary>
    public string New => NewOf(Stem);

    /// <summary>Where the replaced file waits until all files of a set are in their places.</summary>
    public string Old => OldOf(Stem);

    /// <summary>Whether others notice the lock; some network drives know none.</summary>
    public bool IsLockNoticed
    {
        get
        {
            using FileStream? second = TryLock(_lock.Name);
            return second is null;
        }
    }

    public static string NewOf(string stem) => stem + NewEnding;

    public static string OldOf(string stem) => stem + OldEnding;

    public static string FolderOf(string target) => Path.GetDirectoryName(Path.GetFullPath(target))!;

    /// <summary>What the names of all hidden files of a target begin with, and of no other target.</summary>
    public static string PrefixOf(string target)
    {
        string name = Path.GetFileName(target);
        string head = name.Length <= LongestKept ? name
            : name[..(char.IsHighSurrogate(name[LongestKept - 1]) ? LongestKept - 1 : LongestKept)];
        string digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..NameDigits];
        return $".{head}.{digits}-";
    }

    /// <summary>Takes a lock that nobody holds; null where somebody does.</summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Gives the new content the permissions of the file that it replaces.</summary>
    public void KeepMode()
    {
        // Some file systems know one mode for all files, and refuse to set any.
        if (!OperatingSystem.IsWindows() && ModeOf(Target) is UnixFileMode mode && ModeOf(New) != mode)
        {
            File.SetUnixFileMode(New, mode);
        }
    }

    /// <summary>Removes the new content where it did not get its name, and lets go.</summary>
    public void Dispose()
    {
        StaleFiles.Delete(New);
        _lock.Dispose();
        if (!File.Exists(Old))
        {
            StaleFiles.Delete(_lock.Name);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode? ModeOf(string path)
    {
        try
        {
            return File.GetUnixFileMode(path) & Permissions;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Nobody may read more of the new content than of the old, not even before it has its name.
    [UnsupportedOSPlatform("windows")]
    private void Begin(UnixFileMode mode)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode | OwnerWrites };
            new FileStream(New, options).Dispose();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // Between its making and its lock, somebody who tidies up may take it for a left one: he holds it then, or it is gone.
    private static (string Stem, FileStream Lock) Locked(string prefix)
    {
        for (int attempt = 1; ; attempt++)
        {
            string stem = prefix + Path.GetFileNameWithoutExtension(Path.GetRandomFileName());
            try
            {
                FileStream held = new(stem + LockEnding, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                if (File.Exists(held.Name))
                {
                    return (stem, held);
                }

                held.Dispose();
            }
            catch (IOException) when (attempt < LockAttempts)
            {
            }
        }
    }
}
