using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Ordering;

/// <summary>Copies rows from the device into row blocks, through page-locked arrays that calls share: one is emptied while the other fills.</summary>
internal sealed class RowDownload : IDisposable
{
    // Two of indices and two of scores: 64 MB.
    private const int TargetElements = 1 << 22;

    private readonly GpuDevice _device;
    private readonly int _width;
    private readonly int _chunkRows;
    private readonly Slot[] _slots;

    public RowDownload(GpuDevice device, int rowCapacity, int width)
    {
        _device = device;
        _width = width;

        // Some chunks, so that copying overlaps.
        int quarter = (int)(((long)rowCapacity + 3) / 4);
        _chunkRows = Math.Clamp(TargetElements / Math.Max(1, width), 1, Math.Max(1, quarter));
        _slots = [new Slot(device.Accelerator, _chunkRows * width), new Slot(device.Accelerator, _chunkRows * width)];
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
                    slot.Indices.AsSpan(row * _width, _width).CopyTo(indexRows[target + row]);
                    slot.Scores.AsSpan(row * _width, _width).CopyTo(scoreRows[target + row]);
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

    private sealed class Slot(Accelerator accelerator, int length) : IDisposable
    {
        private readonly PageLockedArray1D<int> _indices = accelerator.AllocatePageLocked1D<int>(length, uninitialized: true);
        private readonly PageLockedArray1D<float> _scores = accelerator.AllocatePageLocked1D<float>(length, uninitialized: true);

        public AcceleratorStream Stream { get; } = accelerator.CreateStream();

        public int[] Indices => _indices.GetArray();

        public float[] Scores => _scores.GetArray();

        public void Start(ArrayView<int> indices, ArrayView<float> scores)
        {
            // The arrays never move. A view of a page-locked array will not do: on OpenCL its whole length is copied.
            indices.CopyToCPUUnsafeAsync(Stream, ref Indices[0], indices.Length);
            scores.CopyToCPUUnsafeAsync(Stream, ref Scores[0], scores.Length);
        }

        public void Dispose()
        {
            Stream.Dispose();
            _indices.Dispose();
            _scores.Dispose();
        }
    }
}
