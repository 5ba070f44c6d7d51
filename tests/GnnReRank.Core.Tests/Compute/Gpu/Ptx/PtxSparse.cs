using GnnReRank.Compute.Gpu.Kernels.Messages;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>Sparse rows as arguments, and back.</summary>
internal static class PtxSparse
{
    /// <summary>The entries that are not 0, each row's in any order, the last row first; NaN between them.</summary>
    public static PtxArguments Of(float[,] matrix)
    {
        Random random = new(1);
        (int rows, int width) = (matrix.GetLength(0), matrix.GetLength(1));
        int units = SparseView.UnitsOf(width);
        PtxArguments view = Empty(rows, rows * units);
        for (int row = 0; row < rows; row++)
        {
            int[] columns = [.. Enumerable.Range(0, width).Where(column => matrix[row, column] != 0)];
            random.Shuffle(columns);
            int offset = (rows - 1 - row) * units;
            ((int[])view["Offsets"])[row] = offset;
            ((int[])view["Lengths"])[row] = columns.Length;
            columns.CopyTo((int[])view["Columns"], offset * SparseView.Unit);
            columns.Select(column => matrix[row, column]).ToArray().CopyTo((float[])view["Values"], offset * SparseView.Unit);
        }

        return view;
    }

    public static PtxArguments Empty(int rows, int units) => new()
    {
        ["Offsets"] = new int[rows],
        ["Lengths"] = new int[rows],
        ["Columns"] = Enumerable.Repeat(int.MinValue, units * SparseView.Unit).ToArray(),
        ["Values"] = Enumerable.Repeat(float.NaN, units * SparseView.Unit).ToArray(),
    };

    /// <summary>The entries of a row in the order they lie.</summary>
    public static (int Column, float Value)[] Row(PtxArguments view, int row)
    {
        int start = ((int[])view["Offsets"])[row] * SparseView.Unit;
        int end = start + ((int[])view["Lengths"])[row];
        return [.. ((int[])view["Columns"])[start..end].Zip(((float[])view["Values"])[start..end])];
    }

    /// <summary>A row's entries that are not 0, by column.</summary>
    public static (int Column, float Value)[] Row(float[,] matrix, int row) =>
        [.. Enumerable.Range(0, matrix.GetLength(1)).Where(column => matrix[row, column] != 0).Select(column => (column, matrix[row, column]))];

    public static float[,] Transposed(float[,] matrix)
    {
        float[,] result = new float[matrix.GetLength(1), matrix.GetLength(0)];
        for (int at = 0; at < matrix.Length; at++)
        {
            (int row, int column) = (at / matrix.GetLength(1), at % matrix.GetLength(1));
            result[column, row] = matrix[row, column];
        }

        return result;
    }

    /// <summary>Some entries from 1/8 to 1.</summary>
    public static float[,] Made(int size, int seed, double share)
    {
        Random random = new(seed);
        float[,] matrix = new float[size, size];
        for (int at = 0; at < matrix.Length; at++)
        {
            matrix[at / size, at % size] = random.NextDouble() < share ? random.Next(1, 9) / 8f : 0;
        }

        return matrix;
    }
}
