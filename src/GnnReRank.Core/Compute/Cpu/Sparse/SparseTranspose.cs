using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Transposes sparse rows: an inverted index.</summary>
internal static unsafe class SparseTranspose
{
    /// <summary>
    /// For each column its rows, in ascending order whatever the number of threads.
    /// </summary>
    /// <param name="source">The rows; columns are below source.Count.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Of(SparseRows source, SparseStorage storage, ComputeOptions options) =>
        Of(source, firstRow: 0, source.Count, storage, options);

    /// <summary>The same of some rows of a matrix: for each column those of them that have it.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="firstRow">The number of the first of them in the matrix, and so in the result.</param>
    /// <param name="columnCount">Columns.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Of(
        SparseRows source, int firstRow, int columnCount, SparseStorage storage, ComputeOptions options)
    {
        int[] cuts = CutEvenly(source, options.ThreadCount);
        int parts = cuts.Length - 1;
        using NativeBuffer<int> counts = new((long)parts * columnCount, zeroed: true);
        int* counters = counts.Pointer;
        Workers.ForRanges(parts, parts, 1, (part, _) =>
        {
            int* own = counters + ((long)part * columnCount);
            for (int row = cuts[part]; row < cuts[part + 1]; row++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                Count(source.Indices(row), source.Length(row), own);
            }
        });

        SparseRows result = new(columnCount, storage);
        try
        {
            LayOut(result, storage, counters, parts, columnCount);
            Workers.ForRanges(parts, parts, 1, (part, _) =>
            {
                int* own = counters + ((long)part * columnCount);
                for (int row = cuts[part]; row < cuts[part + 1]; row++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    Scatter(source, row, firstRow + row, own, result);
                }
            });
        }
        catch
        {
            result.Dispose();
            throw;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(int* columns, int length, int* counters)
    {
        for (int entry = 0; entry < length; entry++)
        {
            counters[columns[entry]]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(SparseRows source, int row, int number, int* cursors, SparseRows result)
    {
        int* columns = source.Indices(row);
        float* values = source.Values(row);
        int length = source.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            int column = columns[entry];
            int position = cursors[column]++;
            result.Indices(column)[position] = number;
            result.Values(column)[position] = values[entry];
        }
    }

    /// <summary>Turns the counts of each part into the positions where it begins to write.</summary>
    private static void LayOut(SparseRows result, SparseStorage storage, int* counters, int parts, int columnCount)
    {
        long total = 0;
        for (long i = 0; i < (long)parts * columnCount; i++)
        {
            total += counters[i];
        }

        int* indices = (int*)storage.Allocate(total * (sizeof(int) + sizeof(float)));
        float* values = (float*)(indices + total);
        for (int column = 0; column < columnCount; column++)
        {
            int length = 0;
            for (int part = 0; part < parts; part++)
            {
                int* counter = counters + ((long)part * columnCount) + column;
                (length, *counter) = (length + *counter, length);
            }

            result.SetRow(column, indices, values, length);
            indices += length;
            values += length;
        }
    }

    /// <summary>Row ranges of about the same number of entries.</summary>
    private static int[] CutEvenly(SparseRows source, int parts)
    {
        int[] cuts = new int[parts + 1];
        Array.Fill(cuts, source.Count);
        cuts[0] = 0;
        long total = 0;
        for (int row = 0; row < source.Count; row++)
        {
            total += source.Length(row);
        }

        long seen = 0;
        int part = 1;
        for (int row = 0; row < source.Count && part < parts; row++)
        {
            seen += source.Length(row);
            if (seen >= total / parts * part)
            {
                cuts[part++] = row + 1;
            }
        }

        return cuts;
    }
}
