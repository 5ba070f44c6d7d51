using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The vectors of a file with a dataset for each image, one after the other.</summary>
internal sealed class Hdf5ImageStream : ForwardStream
{
    private readonly Hdf5File _file;
    private readonly IReadOnlyList<(string Image, string Dataset)> _datasets;
    private readonly FileStream _plain;
    private readonly byte[] _vector;
    private int _position;
    private int _next;

    /// <param name="file">The file.</param>
    /// <param name="datasets">The datasets, all of so many bytes.</param>
    /// <param name="bytes">The bytes of one.</param>
    /// <exception cref="GnnReRankException">One vector fills more than an array.</exception>
    public Hdf5ImageStream(Hdf5File file, IReadOnlyList<(string Image, string Dataset)> datasets, long bytes)
    {
        // The first says how many bytes it claims, and that the file holds as many.
        _ = file.Numbers(datasets[0].Dataset);
        _vector = bytes <= Array.MaxLength ? new byte[bytes] : throw FormatErrors.Unsupported(file.Path, $"the vector of one image takes {bytes:N0} bytes.");
        _position = _vector.Length;
        _file = file;
        _datasets = datasets;
        _plain = InputFile.OpenRead(file.Path);
    }

    /// <inheritdoc/>
    /// <exception cref="GnnReRankException">A dataset is not usable.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _vector.Length && _next < _datasets.Count)
        {
            Fill(_datasets[_next++].Dataset);
            _position = 0;
        }

        int count = Math.Min(buffer.Length, _vector.Length - _position);
        _vector.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    // A file may hold hundreds of thousands: what lies there as it is takes no stream of its own.
    private void Fill(string dataset)
    {
        NumericArray array = _file.Numbers(dataset);
        if (array.Locate() is long place)
        {
            _plain.Position = place;
            _plain.ReadExactly(_vector);
            return;
        }

        using Stream stream = array.Open();
        stream.ReadExactly(_vector);
    }
}
