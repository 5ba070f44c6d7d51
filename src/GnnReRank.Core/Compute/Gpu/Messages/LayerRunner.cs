using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Messages;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Messages;

/// <summary>
/// Runs one layer: in small tables, what outgrows them in wide ones, what outgrows these too in whole rows; again with
/// more room where there was too little. The host waits once, where no row is so long.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="tableLimit">The most columns of a row that a small table takes.</param>
/// <param name="wideLimit">The most that a wide one takes.</param>
/// <param name="unitsPerRow">The room a row gets at first, on average.</param>
internal sealed class LayerRunner(GpuDevice device, int tableLimit, int wideLimit, int unitsPerRow)
{
    // Groups that share out the rows for wide tables: they fill a large device, and cost little where there are no such
    // rows.
    private const int WideGroups = 1024;

    // Long rows that are summed at once, and the memory for them.
    private const int MostDenseRows = 64;
    private const long DenseValues = 1 << 26;

    /// <summary>The most bytes that a layer takes beside the rows before and after it.</summary>
    public static long BytesFor(long count) =>
        (LayerArguments.CounterCount * sizeof(int)) + (count * 2 * sizeof(int))
        + (DenseGroups(count, MostDenseRows) * count * sizeof(float));

    /// <summary>Runs a layer whose arguments say all but where the result goes.</summary>
    /// <exception cref="GnnReRankException">The device has no room for the rows.</exception>
    public void Run(LayerArguments layer, DeviceRows result, string name)
    {
        using MemoryBuffer1D<int, Stride1D.Dense> counters = device.Allocate<int>(LayerArguments.CounterCount);
        using MemoryBuffer1D<int, Stride1D.Dense> longRows = device.Allocate<int>(2L * layer.Count);
        layer.Counters = counters.View.BaseView;
        layer.LongRows = longRows.View.BaseView;
        layer.TableLimit = tableLimit;
        layer.WideLimit = wideLimit;
        int units = (int)Math.Clamp((long)layer.StoredCount * unitsPerRow, 1, int.MaxValue);
        while (true)
        {
            Reserve(result, units, name, layer.Count);
            layer.Result = result.View;
            layer.UnitCapacity = units;
            counters.MemSetToZero();
            device.Launch(LayerKernels.SumRow, layer.Count, LayerKernels.Threads, layer);
            device.Launch(LayerKernels.SumWideRows, Math.Min(layer.Count, WideGroups), LayerKernels.WideThreads, layer);
            int[] counts = counters.GetAsArray1D();
            layer.DenseRowCount = counts[LayerArguments.DenseRows];
            if (layer.DenseRowCount > 0)
            {
                SumLongRows(layer);
                counts = counters.GetAsArray1D();
            }

            if (counts[LayerArguments.Units] < 0 || counts[LayerArguments.HasTooMany] != 0)
            {
                throw GpuErrors.TooManyMessages(device.Name, name, layer.Count, null);
            }

            result.UsedUnits = counts[LayerArguments.Units];
            if (result.UsedUnits <= units)
            {
                return;
            }

            units = result.UsedUnits;
        }
    }

    private void SumLongRows(LayerArguments layer)
    {
        int groups = (int)DenseGroups(layer.Count, layer.DenseRowCount);
        using MemoryBuffer1D<float, Stride1D.Dense> dense = device.Allocate<float>((long)groups * layer.Count);
        layer.Dense = dense.View.BaseView;
        device.Launch(DenseLayerKernels.SumLongRows, groups, DenseLayerKernels.Threads, layer);
    }

    private static long DenseGroups(long count, int rows) =>
        Math.Clamp(DenseValues / count, 1, Math.Min(MostDenseRows, rows));

    private void Reserve(DeviceRows result, int units, string name, int count)
    {
        try
        {
            result.Reserve(device, units);
        }
        catch (GnnReRankException error)
        {
            throw GpuErrors.TooManyMessages(device.Name, name, count, error);
        }
    }
}
