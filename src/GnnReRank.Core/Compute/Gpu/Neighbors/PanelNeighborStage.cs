using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Running;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Nearest neighbours where the device does not hold all rows: panel by panel, the next on its way while two are searched.</summary>
internal sealed class PanelNeighborStage
{
    private readonly GpuDevice _device;
    private readonly FeaturePanels _panels;
    private readonly ComputeOptions _options;

    private PanelNeighborStage(GpuDevice device, FeaturePanels panels, ComputeOptions options)
    {
        _device = device;
        _panels = panels;
        _options = options;
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="panels">The rows.</param>
    /// <param name="neighborCount">
    /// Neighbours a vertex, itself included, of which at most <see cref="SearchListSizes.MostWanted"/> are others.
    /// </param>
    /// <param name="options">How the call runs.</param>
    public static DeviceGraph Run(GpuDevice device, FeaturePanels panels, int neighborCount, ComputeOptions options)
    {
        DeviceGraph graph = new(device, panels.Count, neighborCount);
        try
        {
            new PanelNeighborStage(device, panels, options).Fill(graph);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private void Fill(DeviceGraph graph)
    {
        long blocks = BlocksOf(_panels.Count);
        StageReporter reporter = new(StageNames.Neighbors, blocks * (blocks + 1) / 2, StageUnits.Tiles, _options);
        using SearchLists lists = new(_device, _panels.Count, Math.Max(1, graph.NeighborCount - 1), margin: 0);
        TileRounds rounds = new(_device, lists, reporter, _options, _panels.Step);
        ListArguments writing = lists.ListsOf(graph, _panels.Stride);
        (int Rows, int Columns)[] pairs = [.. PanelOrder.Of(_panels.PanelCount)];
        int[] met = new int[_panels.PanelCount];
        for (int place = 0; place < pairs.Length; place++)
        {
            (int a, int b) = pairs[place];
            ArrayView<float> rows = _panels.Require(a, b);
            ArrayView<float> columns = _panels.Require(b, a);
            PrefetchFor(pairs, place);
            if (a == b)
            {
                lists.WriteSelf(writing, rows, _panels.FirstRow(a), _panels.RowsOf(a));
                TileArguments<float> tiles = Tiles(lists, rows, a);
                rounds.MakeSymmetric(tiles.BlockCount, (first, count) => ExactSearchTiles.Start(_device, tiles, first, count));
                met[a] = _panels.RowsOf(a);
                continue;
            }

            rounds.MakeRectangle(Rectangle(lists, rows, a, columns, b), SearchKernels.SearchRectangle, met[a], met[b]);
            met[a] += _panels.RowsOf(b);
            met[b] += _panels.RowsOf(a);
        }

        lists.WriteNeighbors(writing);
        _device.Synchronize();
        string panels = FormattableString.Invariant($"{_panels.PanelCount:N0} panels, {_panels.UploadCount:N0} brought up");
        reporter.Complete(FormattableString.Invariant(
            $"{_panels.Count:N0} vertices x {_panels.Stride:N0}, {graph.NeighborCount:N0} neighbours each, float32, {panels}, {_device.Name}"));
    }

    private void PrefetchFor((int Rows, int Columns)[] pairs, int place)
    {
        if (place + 1 == pairs.Length)
        {
            return;
        }

        (int a, int b) = pairs[place];
        (int nextA, int nextB) = pairs[place + 1];
        ReadOnlySpan<int> kept = [a, b, nextA, nextB];
        _panels.Prefetch(nextA, kept);
        _panels.Prefetch(nextB, kept);
    }

    private TileArguments<float> Tiles(SearchLists lists, ArrayView<float> rows, int panel)
    {
        TileArguments<float> tiles = lists.TilesOf(rows, _panels.Stride, BlocksOf(_panels.RowsOf(panel)));
        tiles.FirstVertex = _panels.FirstRow(panel);
        return tiles;
    }

    private RectangleArguments<float> Rectangle(SearchLists lists, ArrayView<float> rows, int a, ArrayView<float> columns, int b) => new()
    {
        Tiles = Tiles(lists, rows, a),
        Columns = columns,
        FirstColumnVertex = _panels.FirstRow(b),
        Part = new TileRectangle
        {
            RowCount = BlocksOf(_panels.RowsOf(a)),
            ColumnCount = BlocksOf(_panels.RowsOf(b)),
        },
    };

    private static int BlocksOf(int rows) => (rows + TileProduct.Size - 1) / TileProduct.Size;
}
