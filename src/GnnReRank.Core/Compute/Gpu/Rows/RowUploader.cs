using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Rows;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>
/// Brings ranges of rows to the device on a stream of its own, piece by piece, so that the host can do so while kernels
/// run. Two page-locked pieces take turns: one is filled, by several threads, while the other is copied.
/// </summary>
internal sealed class RowUploader : IDisposable
{
    private const int Threads = 128;
    private const long MostPieceBytes = PinnedMemory.UsualBytes;

    // Of a piece, what a thread fills at a time: less does not pay for the thread.
    private const int BytesPerRange = 2 << 20;

    private readonly GpuDevice _device;
    private readonly FeatureMatrix? _query;
    private readonly FeatureMatrix _gallery;
    private readonly int _stride;
    private readonly int _pieceRows;
    private readonly int _threads;
    private readonly AcceleratorStream _stream;
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _values;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _inverseNorms;
    private PinnedArray _filling;
    private PinnedArray _copied;
    private ArrayView<float> _target;
    private int _first;
    private int _next;
    private int _end;

    /// <param name="device">The device.</param>
    /// <param name="query">The first rows, or null.</param>
    /// <param name="gallery">The rows after them.</param>
    /// <param name="stride">Values from one row on the device to the next.</param>
    /// <param name="usualRows">How many rows are brought up together, as a rule.</param>
    /// <param name="threads">Threads that fill a piece.</param>
    public RowUploader(
        GpuDevice device, FeatureMatrix? query, FeatureMatrix gallery, int stride, int usualRows, int threads)
    {
        query?.Storage.RequireUnchanged();
        gallery.Storage.RequireUnchanged();
        _device = device;
        _query = query;
        _gallery = gallery;
        _stride = stride;
        _pieceRows = PieceRows(gallery.Dimension, usualRows);
        _threads = threads;
        int length = _pieceRows * gallery.Dimension;
        _stream = device.StreamOf(CopyStream.Up);
        _rents = new Rents(device);
        _filling = _rents.Add(() => device.Pinned.Rent(length * sizeof(float)));
        _copied = _rents.Add(() => device.Pinned.Rent(length * sizeof(float)));
        _values = _rents.Allocate<float>(length);
        _inverseNorms = _rents.Allocate<float>(QueryCount + gallery.RowCount);
        ArrayView<float> inverseNorms = _inverseNorms.View.BaseView;
        _rents.Do(() =>
        {
            ReadOnlySpan<float> norms = [.. query is null ? [] : query.Factors, .. gallery.Factors];
            inverseNorms.CopyFromCPU(in norms);

            // What has been allocated until now, the rows too, is written in another stream.
            device.Synchronize();
        });
    }

    private int QueryCount => _query?.RowCount ?? 0;

    /// <summary>The bytes on the device.</summary>
    public static long BytesFor(long count, int dimension, int usualRows) =>
        ((long)PieceRows(dimension, usualRows) * dimension + count) * sizeof(float);

    /// <summary>Begins to bring rows up; what was under way before is finished first.</summary>
    /// <param name="first">The first row, counted over both matrices.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="target">Receives them, normalised; nothing that runs may read it.</param>
    public void Begin(int first, int count, ArrayView<float> target)
    {
        Finish();
        (_first, _next, _end, _target) = (first, first, first + count, target);
    }

    /// <summary>Starts the next piece, if there is one, and says of how many rows; it waits for the piece before it alone.</summary>
    public int Step()
    {
        int count = Math.Min(_pieceRows, _end - _next);
        if (count <= 0)
        {
            return 0;
        }

        Fill(_next, count);
        _stream.Synchronize();
        int length = count * _gallery.Dimension;
        _values.View.BaseView.CopyFromCPUUnsafeAsync(_stream, ref _filling.Span<float>(0, length)[0], length);
        _device.Launch(_stream, RowKernels.Normalize, count, Threads, new NormalizeArguments
        {
            Values = _values.View.BaseView,
            InverseNorms = _inverseNorms.View.BaseView.SubView(_next, count),
            Rows = _target,
            FirstRow = _next - _first,
            Dimension = _gallery.Dimension,
            Stride = _stride,
        });
        (_filling, _copied) = (_copied, _filling);
        _next += count;
        return count;
    }

    /// <summary>Brings the rest up and waits for it.</summary>
    public void Finish()
    {
        while (_next < _end)
        {
            Step();
        }

        _stream.Synchronize();
    }

    public void Dispose()
    {
        _stream.Synchronize();
        _rents.Dispose();
    }

    /// <summary>Equal pieces, so that none is left whose copy is too short to hide behind.</summary>
    private static int PieceRows(int dimension, int usualRows)
    {
        int most = (int)Math.Clamp(MostPieceBytes / ((long)dimension * sizeof(float)), 1, usualRows);
        int pieces = (usualRows + most - 1) / most;
        return (usualRows + pieces - 1) / pieces;
    }

    private void Fill(int first, int count) => Workers.ForRanges(
        _threads, count, Math.Max(1, BytesPerRange / (_gallery.Dimension * sizeof(float))),
        (from, to) => Fill(first, from, to));

    /// <summary>Fills rows [from, to) of the piece that begins at a row.</summary>
    private void Fill(int first, int from, int to)
    {
        int dimension = _gallery.Dimension;
        Span<float> target = _filling.Span<float>(from * dimension * sizeof(float), (to - from) * dimension);
        int fromQuery = Math.Clamp(QueryCount - first - from, 0, to - from);
        if (fromQuery > 0)
        {
            _query!.Comparable.CopyRows(first + from, fromQuery, target);
        }

        if (fromQuery < to - from)
        {
            _gallery.Comparable.CopyRows(
                first + from + fromQuery - QueryCount, to - from - fromQuery, target[(fromQuery * dimension)..]);
        }
    }
}
