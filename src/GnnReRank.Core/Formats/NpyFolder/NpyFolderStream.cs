using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.NpyFolder;

/// <summary>The vectors of a folder's files, one after the other.</summary>
internal sealed class NpyFolderStream : ForwardStream
{
    private readonly string[] _files;
    private readonly NpyVector _first;
    private readonly CancellationToken _cancellation;
    private int _nextFile;
    private byte[] _bytes = [];
    private int _position;

    /// <param name="files">The paths of the files.</param>
    /// <param name="first">The vector of the first file, to which the others must be alike.</param>
    /// <param name="cancellation">Stops the reading: a block of small vectors is many files.</param>
    public NpyFolderStream(string[] files, NpyVector first, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _files = files;
        _first = first;
    }

    /// <inheritdoc/>
    /// <exception cref="GnnReRankException">A file is not usable, or its vector is of another length or type than the first.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _bytes.Length && _nextFile < _files.Length)
        {
            _bytes = Next().Bytes;
            _position = 0;
        }

        int count = Math.Min(buffer.Length, _bytes.Length - _position);
        _bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private NpyVector Next()
    {
        _cancellation.ThrowIfCancellationRequested();
        NpyVector vector = NpyVector.Read(_files[_nextFile++]);
        if (vector.Length != _first.Length || vector.Type != _first.Type)
        {
            throw new GnnReRankException(
                "UnlikeVectors", ErrorKind.InvalidData,
                $"'{vector.Path}' holds {Describe(vector)}, and the folder's first file '{System.IO.Path.GetFileName(_first.Path)}' {Describe(_first)}: " +
                "all vectors of a folder must be alike. Correct the file or take it out.");
        }

        return vector;
    }

    private static string Describe(NpyVector vector) =>
        $"{vector.Length:N0} numbers of type {vector.Type}{(vector.Type.IsBigEndian ? " (big-endian)" : string.Empty)}";
}
