using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The PTX of the tensor cores' product, emulated, over rows of float32.</summary>
internal static class TensorProductRun
{
    public static readonly string Text = PtxCompiler.TextOf<TensorProductArguments>(TensorProductKernel.Run);

    private static readonly PtxCode s_code = new(new PtxProgram(Text));

    /// <summary>Multiplies rows with columns of one matrix; places between and behind the products stay NaN.</summary>
    /// <param name="rows">Row-major, of a stride of whole 32s, with a tile of rows behind the last used one.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="first">The first row and the first column.</param>
    /// <param name="count">The rows and columns of the product.</param>
    /// <param name="productStride">From one row of products to the next.</param>
    /// <param name="copiesLandAtOnce">Whether copies land at once, or as late as they may.</param>
    public static float[] Multiply(
        float[] rows, int stride, (int Row, int Column) first, (int Rows, int Columns) count, int productStride,
        bool copiesLandAtOnce = false)
    {
        PtxMemory memory = new();
        ulong parts = memory.Add(Split(rows));
        float[] products = new float[(count.Rows + 1) * productStride];
        Array.Fill(products, float.NaN);
        ulong target = memory.Add(products);
        byte[] parameters = new PtxParameters()
            .AddAddress(parts + (ulong)(first.Row * stride * sizeof(float)))
            .AddAddress(parts + (ulong)(first.Column * stride * sizeof(float)))
            .AddView(target, products.Length)
            .Add(count.Rows, count.Columns, stride, productStride)
            .ToArray();
        int groups = TensorProductKernel.GroupCount(count.Rows, count.Columns);
        s_code.Run(memory, parameters, new PtxLaunch(groups, 1, TensorProductKernel.GroupSize, copiesLandAtOnce));
        return memory.Read<float>(target);
    }

    /// <summary>The parts by the framework's own halves.</summary>
    public static uint[] Split(float[] rows)
    {
        ushort[] parts = new ushort[rows.Length * 2];
        for (int i = 0; i < rows.Length; i++)
        {
            float value = rows[i] * SplitKernels.Scale;
            Half high = (Half)value;
            int at = (i / 16 * 32) + (i % 16);
            parts[at] = BitConverter.HalfToUInt16Bits(high);
            parts[at + 16] = BitConverter.HalfToUInt16Bits((Half)(value - (float)high));
        }

        return [.. Enumerable.Range(0, rows.Length).Select(i => parts[2 * i] | ((uint)parts[(2 * i) + 1] << 16))];
    }
}
