namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>Instructions of a whole warp: matrices spread over the registers of 32 threads, as the PTX manual lays them out.</summary>
internal static class PtxWarp
{
    // The fewest products that a device adds at once, and so the most cuts: what HalfBound assumes.
    private const int ProductsAtOnce = 4;
    private const int Depth = 16;

    public static Action<PtxThread[]>? Step(PtxInstruction instruction) => instruction.Opcode switch
    {
        "ldmatrix.sync.aligned.m8n8.x4.shared.b16" => warp => LoadMatrices(warp, instruction.Operands),
        "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32" => warp => Multiply(warp, instruction.Operands),
        _ => null,
    };

    /// <summary>Thread 8 m + r names row r of matrix m; thread 4 r + c gets values 2 c and 2 c + 1 of each matrix's row r.</summary>
    private static void LoadMatrices(PtxThread[] warp, PtxOperand[] o)
    {
        for (int matrix = 0; matrix < 4; matrix++)
        {
            CheckBanks(warp, o[1], matrix);
            for (int lane = 0; lane < 32; lane++)
            {
                ulong row = o[1].Of(warp[(matrix * 8) + (lane / 4)]);
                ReadOnlySpan<byte> values = warp[lane].At("shared", row, 16).Slice(lane % 4 * 4, 4);
                warp[lane].Registers[o[0].Vector[matrix]] = BitConverter.ToUInt32(values);
            }
        }
    }

    /// <summary>Eight rows of 16 bytes are read at once: all in different banks, or the kernel is slower than it should be.</summary>
    private static void CheckBanks(PtxThread[] warp, PtxOperand address, int matrix)
    {
        if (warp[(matrix * 8)..((matrix * 8) + 8)].Select(thread => address.Of(thread) / 16 % 8).Distinct().Count() < 8)
        {
            throw new InvalidOperationException("ldmatrix reads two rows of the same banks.");
        }
    }

    private static void Multiply(PtxThread[] warp, PtxOperand[] o)
    {
        // Rows of a, and columns of b, one after the other.
        Span<double> a = stackalloc double[16 * Depth];
        Span<double> b = stackalloc double[8 * Depth];
        for (int lane = 0; lane < 32; lane++)
        {
            (int group, int pair) = (lane / 4, lane % 4 * 2);
            for (int i = 0; i < 4; i++)
            {
                Pair(warp[lane], o[1].Vector[i], a[(((group + (i % 2 * 8)) * Depth) + pair + (i / 2 * 8))..]);
            }

            for (int i = 0; i < 2; i++)
            {
                Pair(warp[lane], o[2].Vector[i], b[((group * Depth) + pair + (i * 8))..]);
            }
        }

        for (int lane = 0; lane < 32; lane++)
        {
            for (int i = 0; i < 4; i++)
            {
                (int row, int column) = ((lane / 4) + (i / 2 * 8), (lane % 4 * 2) + (i % 2));
                float sum = BitConverter.UInt32BitsToSingle((uint)warp[lane].Registers[o[3].Vector[i]]);
                for (int k = 0; k < Depth; k += ProductsAtOnce)
                {
                    sum = AddProducts(
                        sum, a.Slice((row * Depth) + k, ProductsAtOnce), b.Slice((column * Depth) + k, ProductsAtOnce));
                }

                warp[lane].Registers[o[0].Vector[i]] = BitConverter.SingleToUInt32Bits(sum);
            }
        }
    }

    private static void Pair(PtxThread thread, int register, Span<double> values)
    {
        uint bits = (uint)thread.Registers[register];
        values[0] = (double)BitConverter.UInt16BitsToHalf((ushort)bits);
        values[1] = (double)BitConverter.UInt16BitsToHalf((ushort)(bits >> 16));
    }

    /// <summary>
    /// All terms aligned to the largest and cut below 2^-23 of its power of two; then the sum is cut to 24 bits.
    /// </summary>
    private static float AddProducts(float sum, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> terms = stackalloc double[ProductsAtOnce + 1];
        double largest = Math.Abs(terms[0] = sum);
        for (int i = 0; i < ProductsAtOnce; i++)
        {
            terms[i + 1] = a[i] * b[i];
            largest = Math.Max(largest, Math.Abs(terms[i + 1]));
        }

        if (double.IsNaN(largest))
        {
            throw new InvalidOperationException("A product of memory that nobody wrote.");
        }

        if (largest == 0)
        {
            return 0;
        }

        double total = 0;
        double unit = UnitOf(largest);
        foreach (double term in terms)
        {
            total += Math.Truncate(term / unit) * unit;
        }

        return total == 0 ? 0 : CutTo24Bits(total);
    }

    private static float CutTo24Bits(double value)
    {
        double unit = UnitOf(value);
        return (float)(Math.Truncate(value / unit) * unit);
    }

    /// <summary>2^-23 of a value's power of two, by its bits: no term is too small for a double.</summary>
    private static double UnitOf(double value) =>
        BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(value) & (0x7ffL << 52)) - (23L << 52));
}
