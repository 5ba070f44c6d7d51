using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Indexing.Files;

/// <summary>
/// Writes the sections of an index file one behind the other, in this machine's byte order: little-endian on all that
/// run .NET. The first page comes last, so that half a file is none.
/// </summary>
internal sealed class SectionWriter : IStateWriter
{
    private readonly Stream _file;
    private readonly Action<long> _advance;
    private readonly byte[] _block = new byte[IndexLayout.BlockBytes];
    private readonly List<IndexSection> _sections = [];
    private readonly MemoryStream _hashes = new();
    private long _position = IndexLayout.PageBytes;
    private int _filled;

    /// <param name="file">An empty file, that can be sought.</param>
    /// <param name="advance">Told of bytes that were written; may throw to stop.</param>
    public SectionWriter(Stream file, Action<long> advance)
    {
        (_file, _advance) = (file, advance);
        _file.Write(new byte[IndexLayout.PageBytes]);
    }

    /// <summary>Adds values to a section, which is begun where its name is not the last one's.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="values">Its next values.</param>
    public void Append<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (_sections.Count == 0 || _sections[^1].Name != name)
        {
            Begin(name, Unsafe.SizeOf<T>());
        }

        IndexSection section = _sections[^1];
        if (section.ElementSize != Unsafe.SizeOf<T>())
        {
            throw new ArgumentException($"'{name}' has values of {section.ElementSize} bytes.", nameof(values));
        }

        _sections[^1] = section with { Count = section.Count + values.Length };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(bytes.Length, _block.Length - _filled);
            bytes[..taken].CopyTo(_block.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];

            // The last block has the padding too, so a full one waits until it is known to be none.
            if (_filled == _block.Length && !bytes.IsEmpty)
            {
                WriteBlock();
            }
        }
    }

    /// <summary>Writes the directory and the first page.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="dimension">The number of values a row.</param>
    /// <param name="listWidth">The places of a list.</param>
    public void Finish(int rowCount, int dimension, int listWidth)
    {
        End();
        byte[] directory = new IndexDirectory(rowCount, dimension, listWidth, _sections, _hashes.ToArray()).ToBytes();
        _file.Write(directory);
        _file.Seek(0, SeekOrigin.Begin);
        _file.Write(IndexLayout.FirstPage(_position, directory));
        _file.Flush();
    }

    private void Begin(string name, int elementSize)
    {
        End();
        if (name.Length > IndexDirectory.NameBytes || _sections.Exists(section => section.Name == name) ||
            _sections.Count == IndexLayout.MostSections)
        {
            throw new ArgumentException($"'{name}' of values of {elementSize} bytes can be no section.", nameof(name));
        }

        long blocks = _hashes.Length / IndexLayout.HashBytes;
        _sections.Add(new IndexSection(name, elementSize, Count: 0, _position, blocks));
    }

    private void End()
    {
        if (_filled > 0)
        {
            int padded = (int)IndexLayout.Padded(_filled);
            _block.AsSpan(_filled, padded - _filled).Clear();
            _filled = padded;
            WriteBlock();
        }
    }

    private void WriteBlock()
    {
        ReadOnlySpan<byte> block = _block.AsSpan(0, _filled);
        _hashes.Write(XxHash128.Hash(block));
        _file.Write(block);
        _position += _filled;
        _advance(_filled);
        _filled = 0;
    }
}
