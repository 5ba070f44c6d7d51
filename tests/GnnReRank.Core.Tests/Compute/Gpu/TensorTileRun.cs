using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The tensor tile kernel's PTX over one float16 matrix, emulated.</summary>
internal sealed class TensorTileRun
{
    public static readonly string Text = PtxCompiler.TextOf<TensorTileArguments>(TensorTileKernel.Run);

    private static readonly PtxCode s_code = new(new PtxProgram(Text));
    private readonly PtxMemory _memory = new();
    private readonly ulong _rows;
    private readonly ulong _counts;
    private readonly ulong _queue;
    private readonly ulong _thresholds;

    public TensorTileRun(ushort[] halves, int count, int stride, ulong[] thresholds, int capacity)
    {
        Count = count;
        Stride = stride;
        Capacity = capacity;
        BlockCount = halves.Length / stride / TensorTileKernel.BlockRows;
        _rows = _memory.Add(halves);
        _thresholds = _memory.Add(thresholds);
        _counts = _memory.Add(new int[count]);
        _queue = _memory.Add(new ulong[count * capacity]);
    }

    public int BlockCount { get; }

    public int[] Counts => _memory.Read<int>(_counts);

    private int Count { get; }

    private int Stride { get; }

    private int Capacity { get; }

    /// <summary>All pairs.</summary>
    public void RunAll(bool copiesLandAtOnce = false) => Run(0, (BlockCount / 2) + 1, copiesLandAtOnce);

    public void Run(int firstOffset, int offsetCount, bool copiesLandAtOnce = false)
    {
        byte[] parameters = new PtxParameters()
            .AddAddress(_rows)
            .AddView(_thresholds, Count)
            .AddView(_counts, Count)
            .AddView(_queue, Count * Capacity)
            .Add(Count, Stride, Capacity, BlockCount, firstOffset, offsetCount)
            .ToArray();
        int groups = TensorTileKernel.GroupCount(BlockCount, offsetCount);
        s_code.Run(_memory, parameters, new PtxLaunch(groups, 1, TensorTileKernel.GroupSize, copiesLandAtOnce));
    }

    /// <summary>What lies in a row's queue: index and score.</summary>
    public (int Index, float Score)[] QueueOf(int row) =>
        [.. _memory.Read<ulong>(_queue).AsSpan(row * Capacity, Math.Min(Capacity, Counts[row])).ToArray()
            .Select(key => (DeviceKey.IndexOfBest(key), DeviceKey.ScoreOfBest(key)))];
}
