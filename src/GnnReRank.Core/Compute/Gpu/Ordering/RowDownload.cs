using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Ordering;

/// <summary>
/// Copies rows from the device into row blocks, through two page-locked arrays: one is emptied while the other fills.
/// </summary>
internal sealed class RowDownload : IDisposable
{
    private const int ElementBytes = sizeof(int) + sizeof(float);
    private const int LeastElements = 1 << 19;
    private const int TargetElements = PinnedMemory.UsualBytes / ElementBytes;

    private readonly GpuDevice _device;
    private readonly int _width;
    private readonly int _chunkRows;
    private readonly Slot[] _slots;

    public RowDownload(GpuDevice device, int rowCapacity, int width)
    {
        _device = device;
        _width = width;

        // Some chunks, so that copying overlaps, unless it is soon done.
        int quarter = (int)(((long)rowCapacity + 3) / 4);
        int most = Math.Max(quarter, Math.Min(rowCapacity, LeastElements / Math.Max(1, width)));
        _chunkRows = Math.Clamp(TargetElements / Math.Max(1, width), 1, Math.Max(1, most));
        int length = _chunkRows * width;
        _slots =
        [
            new Slot(device.StreamOf(CopyStream.FirstDown), device.Pinned.Rent(length * ElementBytes), length),
            new Slot(device.StreamOf(CopyStream.SecondDown), device.Pinned.Rent(length * ElementBytes), length),
        ];
    }

    /// <summary>
    /// Copies rows x width indices and scores to rows [first, first + rows): after all that was started on the device,
    /// or, where they are ready, beside it.
    /// </summary>
    public void CopyTo(
        ArrayView<int> indices, ArrayView<float> scores, RowBlocks<int> indexRows, RowBlocks<float> scoreRows,
        int first, int rows, int threads, bool isReady = false)
    {
        if (!isReady)
        {
            _device.Synchronize();
        }

        int started = 0;
        for (int from = 0; from < rows; from += _chunkRows)
        {
            // Both slots are busy but at the ends.
            for (; started < rows && started <= from + _chunkRows; started += _chunkRows)
            {
                long start = (long)started * _width;
                int count = Math.Min(_chunkRows, rows - started) * _width;
                SlotOf(started).Start(indices.SubView(start, count), scores.SubView(start, count));
            }

            Slot slot = SlotOf(from);
            slot.Stream.Synchronize();
            int target = first + from;
            Workers.ForRanges(threads, Math.Min(_chunkRows, rows - from), RowsPerRange(), (begin, end) =>
            {
                for (int row = begin; row < end; row++)
                {
                    slot.Indices(row * _width, _width).CopyTo(indexRows[target + row]);
                    slot.Scores(row * _width, _width).CopyTo(scoreRows[target + row]);
                }
            });
        }
    }

    public void Dispose()
    {
        foreach (Slot slot in _slots)
        {
            slot.Dispose();
        }
    }

    private Slot SlotOf(int row) => _slots[row / _chunkRows % 2];

    // A megabyte each: a thread costs less than it copies.
    private int RowsPerRange() => Math.Max(1, (1 << 17) / Math.Max(1, _width));

    /// <param name="stream">The stream of its copies, which the device keeps.</param>
    /// <param name="array">Room for all indices and, behind them, all scores.</param>
    /// <param name="length">How many of each there is room for.</param>
    private sealed class Slot(AcceleratorStream stream, PinnedArray array, int length) : IDisposable
    {
        public AcceleratorStream Stream { get; } = stream;

        public Span<int> Indices(int first, int count) => array.Span<int>(first * sizeof(int), count);

        public Span<float> Scores(int first, int count) =>
            array.Span<float>((length * sizeof(int)) + (first * sizeof(float)), count);

        public void Start(ArrayView<int> indices, ArrayView<float> scores)
        {
            // A view of a page-locked array will not do: on OpenCL its whole length is copied.
            indices.CopyToCPUUnsafeAsync(Stream, ref Indices(0, 1)[0], indices.Length);
            scores.CopyToCPUUnsafeAsync(Stream, ref Scores(0, 1)[0], scores.Length);
        }

        public void Dispose()
        {
            // After an error a copy may be under way.
            Stream.Synchronize();
            array.Dispose();
        }
    }
}
