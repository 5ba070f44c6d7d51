using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Storage;

/// <summary>
/// The file under a mapping, as it was when it was mapped. Touching what was cut off ends the process, and changed values would not be those
/// that were checked; so the file is looked at before its values are used. What happens to it while they are used, nobody can catch.
/// </summary>
internal sealed class MappedSource
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly long _end;
    private readonly (long Length, DateTime Written) _before;

    /// <param name="path">The file's path.</param>
    /// <param name="handle">The open file.</param>
    /// <param name="end">The byte behind the last value.</param>
    public MappedSource(string path, SafeFileHandle handle, long end)
    {
        _path = path;
        _handle = handle;
        _end = end;
        _before = Now();
    }

    /// <summary>Cheap enough to be called for a single row.</summary>
    /// <exception cref="GnnReRankException">The file has been cut short.</exception>
    public void RequireLength()
    {
        long length = RandomAccess.GetLength(_handle);
        if (length < _end)
        {
            throw Changed($"was cut to {length:N0} bytes, and the values end at byte {_end:N0}");
        }
    }

    /// <summary>Called once a job.</summary>
    /// <exception cref="GnnReRankException">The file has been cut short or written to, or another has taken its place.</exception>
    public void RequireUnchanged()
    {
        RequireLength();
        (long Length, DateTime Written) now = Now();
        if (now != _before)
        {
            throw Changed($"was written to at {now.Written:O}");
        }

        // A deleted file is still there for whoever has it open, as it was.
        if (File.Exists(_path))
        {
            FileInfo there = new(_path);
            there = there.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? there;
            if (there.Exists && (there.Length, there.LastWriteTimeUtc) != now)
            {
                throw Changed($"was replaced by another of {there.Length:N0} bytes");
            }
        }
    }

    private (long Length, DateTime Written) Now() => (RandomAccess.GetLength(_handle), File.GetLastWriteTimeUtc(_handle));

    private GnnReRankException Changed(string how) => new(
        "MappedFileChanged", ErrorKind.InvalidData,
        $"'{_path}' {how} after it was mapped: its matrix cannot be used any more. Import it again; or import a copy, or without -MemoryMapped, what others write to.");
}
