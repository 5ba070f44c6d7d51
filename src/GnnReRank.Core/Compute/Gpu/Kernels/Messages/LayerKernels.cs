using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Rows of a layer, a group a row: first in small tables, then what outgrew these in wide ones.</summary>
internal static class LayerKernels
{
    /// <summary>Threads where a table is small: the rows that are added are short.</summary>
    public const int Threads = 64;

    /// <summary>
    /// Slots of the table that every row tries: with what lies beside it 9 KB, so that 22 groups share a
    /// multiprocessor.
    /// </summary>
    public const int TableSize = 1024;

    // A table so full is searched for long.
    public const int MostColumns = TableSize * 3 / 4;

    public const int WideThreads = 128;

    /// <summary>
    /// Slots of the table for rows that outgrew the small one; whole, ScoreKernels sorts it in one piece.
    /// </summary>
    public const int WideTableSize = 2688;

    public const int MostWideColumns = WideTableSize * 3 / 4;

    /// <summary>Sums a row in a small table.</summary>
    [Kernel]
    public static void SumRow(LayerArguments arguments)
    {
        LayerTable table = new()
        {
            Columns = SharedMemory.Allocate<int>(TableSize),
            Values = SharedMemory.Allocate<float>(TableSize),
            Sums = SharedMemory.Allocate<long>(Threads),
            Starts = SharedMemory.Allocate<int>(LayerSums.Batch),
            Lengths = SharedMemory.Allocate<int>(LayerSums.Batch),
            Weights = SharedMemory.Allocate<float>(LayerSums.Batch),
            State = SharedMemory.Allocate<int>(LayerTable.StateSize),
        };
        int row = Grid.IdxX;
        if (!LayerSums.TrySum(arguments, table, row, Threads, TableSize, arguments.TableLimit) && Group.IdxX == 0)
        {
            arguments.LongRows[Atomic.Add(ref arguments.Counters[LayerArguments.WideRows], 1)] = row;
        }
    }

    /// <summary>Sums the rows that outgrew the small table; some groups share them out.</summary>
    [Kernel]
    public static void SumWideRows(LayerArguments arguments)
    {
        LayerTable table = new()
        {
            Columns = SharedMemory.Allocate<int>(WideTableSize),
            Values = SharedMemory.Allocate<float>(WideTableSize),
            Sums = SharedMemory.Allocate<long>(WideThreads),
            Starts = SharedMemory.Allocate<int>(LayerSums.Batch),
            Lengths = SharedMemory.Allocate<int>(LayerSums.Batch),
            Weights = SharedMemory.Allocate<float>(LayerSums.Batch),
            State = SharedMemory.Allocate<int>(LayerTable.StateSize),
        };
        int count = arguments.Counters[LayerArguments.WideRows];
        for (int at = Grid.IdxX; at < count; at += Grid.DimX)
        {
            int row = arguments.LongRows[at];
            bool fits = LayerSums.TrySum(arguments, table, row, WideThreads, WideTableSize, arguments.WideLimit);
            if (!fits && Group.IdxX == 0)
            {
                int place = Atomic.Add(ref arguments.Counters[LayerArguments.DenseRows], 1);
                arguments.LongRows[arguments.Count + place] = row;
            }

            Group.Barrier();
        }
    }
}
