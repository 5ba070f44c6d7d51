using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>
/// The rows of query and gallery where the device does not hold them all: cut into panels, of which a few are there at a time. A
/// panel's rows are normalised; what lies behind the last row of the last panel has no meaning.
/// </summary>
internal sealed class FeaturePanels : IFeatureRows, IDisposable
{
    /// <summary>Two panels to multiply and one on its way.</summary>
    public const int SlotCount = 3;

    private readonly GpuDevice _device;
    private readonly RowUploader _uploader;
    private readonly PanelSlot[] _slots = new PanelSlot[SlotCount];
    private MemoryBuffer1D<float, Stride1D.Dense>? _queryRows;
    private bool _isUpward;
    private long _uses;

    /// <param name="device">The device.</param>
    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="panelRows">Rows of a panel, a multiple of <see cref="TileProduct.Size"/>.</param>
    /// <param name="threads">Threads that make rows ready to be copied.</param>
    /// <exception cref="GnnReRankException">The device has no room for the slots.</exception>
    public FeaturePanels(GpuDevice device, FeatureMatrix? query, FeatureMatrix gallery, int panelRows, int threads)
    {
        _device = device;
        QueryCount = query?.RowCount ?? 0;
        GalleryCount = gallery.RowCount;
        PanelRows = panelRows;
        Stride = DeviceFeatures.StrideOf(gallery.Dimension);
        _uploader = new RowUploader(device, query, gallery, Stride, panelRows, threads);
        try
        {
            for (int slot = 0; slot < SlotCount; slot++)
            {
                _slots[slot] = new PanelSlot(device.AllocateZeros<float>(SlotLength(panelRows, Stride)));
            }

            device.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int QueryCount { get; }

    public int GalleryCount { get; }

    public int Count => QueryCount + GalleryCount;

    public int PanelRows { get; }

    public int PanelCount => (Count + PanelRows - 1) / PanelRows;

    /// <summary>Values from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Panels brought up so far.</summary>
    public int UploadCount { get; private set; }

    /// <summary>The bytes on the device, but for the rows of a block of queries.</summary>
    public static long BytesFor(long count, int dimension, int panelRows) =>
        (SlotCount * SlotLength(panelRows, DeviceFeatures.StrideOf(dimension)) * sizeof(float)) +
        RowUploader.BytesFor(count, dimension, panelRows);

    /// <summary>The first row of a panel.</summary>
    public int FirstRow(int panel) => panel * PanelRows;

    /// <summary>The number of rows of a panel.</summary>
    public int RowsOf(int panel) => Math.Min(PanelRows, Count - FirstRow(panel));

    /// <summary>A panel on the device: there already, or brought up now.</summary>
    /// <param name="panel">Which.</param>
    /// <param name="other">A panel that must stay.</param>
    public ArrayView<float> Require(int panel, int other)
    {
        PanelSlot? slot = Holding(panel);
        if (slot is null)
        {
            _device.Synchronize();
            slot = TryBegin(panel, [other])!;
        }

        slot.LastUse = ++_uses;
        _uploader.Finish();
        return slot.Rows;
    }

    /// <summary>Begins to bring up a panel that comes next, where it is not there and a slot is free for it.</summary>
    /// <param name="panel">Which.</param>
    /// <param name="kept">The panels that must stay. Nothing that runs may read others.</param>
    public void Prefetch(int panel, ReadOnlySpan<int> kept)
    {
        if (Holding(panel) is null)
        {
            TryBegin(panel, kept);
        }
    }

    /// <summary>Brings up a piece of the panel that comes next.</summary>
    public void Step() => _uploader.Step();

    /// <summary>Goes over the gallery's panels, up and down by turns: the next block begins with what the last one left.</summary>
    public void WriteCosines(GpuDevice device, int firstQuery, int count, ArrayView<float> cosines)
    {
        ArrayView<float> rows = QueryRows(firstQuery, count);
        int first = QueryCount / PanelRows;
        _isUpward = !_isUpward;
        for (int step = 0; step < PanelCount - first; step++)
        {
            int panel = _isUpward ? first + step : PanelCount - 1 - step;
            int next = _isUpward ? panel + 1 : panel - 1;
            int column = Math.Max(FirstRow(panel), QueryCount);
            long offset = (long)(column - FirstRow(panel)) * Stride;
            ArrayView<float> columns = Require(panel, panel);
            GpuProduct.Of(
                device, rows, columns.SubView(offset, columns.Length - offset), cosines.SubView(column - QueryCount, cosines.Length - column + QueryCount),
                count, FirstRow(panel) + RowsOf(panel) - column, Stride, GalleryCount);
            if (next >= first && next < PanelCount)
            {
                Prefetch(next, [panel]);
            }

            _uploader.Finish();
            device.Synchronize();
        }
    }

    public void Dispose()
    {
        _uploader.Dispose();
        _queryRows?.Dispose();
        foreach (PanelSlot? slot in _slots)
        {
            slot?.Dispose();
        }
    }

    // A block more than a panel: the gallery's first row need not be the first of a block.
    private static long SlotLength(long panelRows, int stride) => (panelRows + TileProduct.Size) * stride;

    private PanelSlot? Holding(int panel) => Array.Find(_slots, slot => slot.Panel == panel);

    private PanelSlot? TryBegin(int panel, ReadOnlySpan<int> kept)
    {
        PanelSlot? oldest = null;
        foreach (PanelSlot slot in _slots)
        {
            if (!kept.Contains(slot.Panel) && (oldest is null || slot.LastUse < oldest.LastUse))
            {
                oldest = slot;
            }
        }

        if (oldest is not null)
        {
            _uploader.Begin(FirstRow(panel), RowsOf(panel), oldest.Rows);
            oldest.Panel = panel;
            oldest.LastUse = ++_uses;
            UploadCount++;
        }

        return oldest;
    }

    private ArrayView<float> QueryRows(int first, int count)
    {
        long length = (((long)count + TileProduct.Size - 1) / TileProduct.Size * TileProduct.Size) * Stride;
        if (_queryRows is null || _queryRows.Length < length)
        {
            _queryRows?.Dispose();
            _queryRows = null;
            _queryRows = _device.AllocateZeros<float>(length);
        }

        _device.Synchronize();
        _uploader.Begin(first, count, _queryRows.View.BaseView);
        _uploader.Finish();
        return _queryRows.View.BaseView;
    }
}
