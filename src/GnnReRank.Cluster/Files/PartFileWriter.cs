using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnnReRank.Cluster.Files;

/// <summary>
/// Writes named arrays beside their final place; <see cref="Commit"/> renames the file. Two writers of one file do not
/// disturb each other: the later one's, which holds the same, takes the other's place.
/// </summary>
internal sealed class PartFileWriter : IDisposable
{
    private readonly string _path;
    private readonly string _job;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly List<PartArray> _arrays = [];
    private readonly XxHash3 _hash = new();
    private bool _isCommitted;

    /// <param name="path">The final path.</param>
    /// <param name="job">The job that it is of.</param>
    public PartFileWriter(string path, string job)
    {
        (_path, _job) = (path, job);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _temporary = $"{path}.{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        _stream.Write(new byte[PartHeader.Alignment]);
    }

    /// <summary>Adds values to an array, which is begun where its name is not the last one's.</summary>
    public void Append<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (_arrays.Count == 0 || _arrays[^1].Name != name)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, PartHeader.LongestName);
            if (_arrays.Exists(array => array.Name == name))
            {
                throw new ArgumentException($"'{name}' was written before.", nameof(name));
            }

            Finish();
            _arrays.Add(new PartArray(name, Unsafe.SizeOf<T>(), 0, _stream.Position, 0));
        }

        PartArray array = _arrays[^1];
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        _stream.Write(bytes);
        _hash.Append(bytes);
        _arrays[^1] = array with { Count = array.Count + values.Length };
    }

    /// <summary>Puts the file in its place, whole and on the disk.</summary>
    /// <exception cref="IOException">The system failed to write, as when the disk is full.</exception>
    public void Commit()
    {
        Finish();
        PartHeader.Write(_stream, _arrays, _job);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        if (!_isCommitted)
        {
            _stream.Dispose();
            File.Delete(_temporary);
        }
    }

    /// <summary>Ends the last array.</summary>
    private void Finish()
    {
        if (_arrays.Count > 0)
        {
            _arrays[^1] = _arrays[^1] with { Hash = _hash.GetCurrentHashAsUInt64() };
            _hash.Reset();
        }

        long padding = (PartHeader.Alignment - (_stream.Position % PartHeader.Alignment)) % PartHeader.Alignment;
        _stream.Write(new byte[padding]);
    }
}
