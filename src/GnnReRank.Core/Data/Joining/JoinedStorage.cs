using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GnnReRank.Storage;

namespace GnnReRank;

/// <summary>Makes one storage in memory of several; float16 where all are, otherwise float32.</summary>
internal static class JoinedStorage
{
    /// <summary>The rows of the parts, one part after the other.</summary>
    /// <param name="parts">Storages of one dimension.</param>
    /// <param name="rowCount">Their rows together.</param>
    public static FeatureStorage Below(FeatureStorage[] parts, int rowCount)
    {
        int dimension = parts[0].Dimension;
        int size = FeatureMatrixChecks.ElementCount(rowCount, dimension);
        RequireUnchanged(parts);
        if (!AreHalves(parts))
        {
            float[] values = new float[size];
            int filled = 0;
            foreach (FeatureStorage part in parts)
            {
                part.CopyRows(0, part.RowCount, values.AsSpan(filled));
                filled += part.RowCount * dimension;
            }

            return new ArrayStorage<float>(values, rowCount, dimension);
        }

        Half[] halves = new Half[size];
        int row = 0;
        foreach (FeatureStorage part in parts)
        {
            for (int stored = 0; stored < part.RowCount; stored++, row++)
            {
                part.CopyBytes((long)stored * dimension * sizeof(ushort), MemoryMarshal.AsBytes(halves.AsSpan(row * dimension, dimension)));
            }
        }

        return new ArrayStorage<Half>(halves, rowCount, dimension);
    }

    /// <summary>The columns of the matrices side by side.</summary>
    /// <param name="matrices">Matrices of one row count.</param>
    /// <param name="orders">For each, the row that stands for each row of the first; null where the order is the same.</param>
    /// <param name="normalize">Whether each row of each part is divided by its L2 norm.</param>
    public static FeatureStorage Beside(IReadOnlyList<FeatureMatrix> matrices, int[]?[] orders, bool normalize)
    {
        int rowCount = matrices[0].RowCount;
        int width = FeatureMatrixChecks.ElementCount(matrices.Sum(matrix => (long)matrix.Dimension), 1);
        float[] joined = new float[width];
        FeatureStorage[] parts = [.. matrices.Select(matrix => matrix.Storage)];
        RequireUnchanged(parts);
        bool halves = AreHalves(parts);
        Half[] half = new Half[halves ? FeatureMatrixChecks.ElementCount(rowCount, width) : 0];
        float[] single = new float[halves ? 0 : FeatureMatrixChecks.ElementCount(rowCount, width)];
        for (int row = 0; row < rowCount; row++)
        {
            FillRow(joined, matrices, orders, row, normalize);
            if (halves)
            {
                TensorPrimitives.ConvertToHalf(joined, half.AsSpan(row * width, width));
            }
            else
            {
                joined.CopyTo(single, row * width);
            }
        }

        return halves ? new ArrayStorage<Half>(half, rowCount, width) : new ArrayStorage<float>(single, rowCount, width);
    }

    private static void RequireUnchanged(IEnumerable<FeatureStorage> parts)
    {
        foreach (FeatureStorage part in parts)
        {
            part.RequireUnchanged();
        }
    }

    private static void FillRow(Span<float> target, IReadOnlyList<FeatureMatrix> matrices, int[]?[] orders, int row, bool normalize)
    {
        for (int place = 0; place < matrices.Count; place++)
        {
            FeatureMatrix matrix = matrices[place];
            int stored = orders[place]?[row] ?? row;
            Span<float> part = target[..matrix.Dimension];
            (normalize ? matrix.Comparable : matrix.Storage).CopyRows(stored, 1, part);
            if (normalize)
            {
                TensorPrimitives.Multiply(part, matrix.Factors[stored], part);
            }

            target = target[matrix.Dimension..];
        }
    }

    private static bool AreHalves(FeatureStorage[] parts) => Array.TrueForAll(parts, part => part.ElementType == FeatureElementType.Float16);
}
