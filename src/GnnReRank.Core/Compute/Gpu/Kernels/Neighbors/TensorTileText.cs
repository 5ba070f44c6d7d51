namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// The PTX of <see cref="TensorTileKernel"/>. Constants, for CudaAsm takes nothing else. Registers that one text declares live on in the
/// next, so accumulators and fragments have names here and none in C#, where each would pass through local memory.
/// </summary>
internal static class TensorTileText
{
    /// <summary>
    /// Once a kernel. The shared memory is ILGPU's first allocation, by the name it gives it; C# cannot pass a shared address.
    /// </summary>
    public const string Declare =
        ".reg .f32 acc<64>; .reg .b32 fa<16>; .reg .b32 fb<8>; .reg .b32 tileBase; .reg .b32 tileAt; "
        + "mov.u32 tileBase, __shared_alloca0;";

    /// <summary>%0: where this thread's 16 bytes go in the stage; %1 to %4: where from, 64 rows on each time.</summary>
    public const string Copy =
        "add.u32 tileAt, tileBase, %0; "
        + CopyAsync + "[tileAt], [%1], 16; "
        + CopyAsync + "[tileAt+4096], [%2], 16; "
        + CopyAsync + "[tileAt+8192], [%3], 16; "
        + CopyAsync + "[tileAt+12288], [%4], 16;";

    public const string Commit = "cp.async.commit_group;";

    /// <summary>Waits for all copies but the last committed group.</summary>
    public const string WaitForAllButOne = "cp.async.wait_group 1;";

    /// <summary>%0: the place of this lane's row in the warp's 64 x 16 values. 1,024 bytes are 16 rows.</summary>
    public const string LoadRows =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + Fa0 + ", [tileAt]; "
        + LoadMatrices + Fa1 + ", [tileAt+1024]; "
        + LoadMatrices + Fa2 + ", [tileAt+2048]; "
        + LoadMatrices + Fa3 + ", [tileAt+3072];";

    /// <summary>%0: the place of this lane's row in the warp's 32 x 16 values.</summary>
    public const string LoadColumns =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{fb0,fb1,fb2,fb3}, [tileAt]; "
        + LoadMatrices + "{fb4,fb5,fb6,fb7}, [tileAt+1024];";

    public const string Zero =
        "mov.f32 acc0" + Then + "1" + Then + "2" + Then + "3" + Then + "4" + Then + "5" + Then + "6" + Then + "7"
        + Then + "8" + Then + "9" + Then + "10" + Then + "11" + Then + "12" + Then + "13" + Then + "14" + Then + "15"
        + Then + "16" + Then + "17" + Then + "18" + Then + "19" + Then + "20" + Then + "21" + Then + "22" + Then + "23"
        + Then + "24" + Then + "25" + Then + "26" + Then + "27" + Then + "28" + Then + "29" + Then + "30" + Then + "31"
        + Then + "32" + Then + "33" + Then + "34" + Then + "35" + Then + "36" + Then + "37" + Then + "38" + Then + "39"
        + Then + "40" + Then + "41" + Then + "42" + Then + "43" + Then + "44" + Then + "45" + Then + "46" + Then + "47"
        + Then + "48" + Then + "49" + Then + "50" + Then + "51" + Then + "52" + Then + "53" + Then + "54" + Then + "55"
        + Then + "56" + Then + "57" + Then + "58" + Then + "59" + Then + "60" + Then + "61" + Then + "62" + Then + "63" + ", 0f00000000;";

    /// <summary>The warp's 64 x 32 sums, 16 values on.</summary>
    public const string Multiply =
        $"{Mma}{C00}, {Fa0}, {Fb0}, {C00}; "
        + $"{Mma}{C01}, {Fa0}, {Fb1}, {C01}; "
        + $"{Mma}{C02}, {Fa0}, {Fb2}, {C02}; "
        + $"{Mma}{C03}, {Fa0}, {Fb3}, {C03}; "
        + $"{Mma}{C10}, {Fa1}, {Fb0}, {C10}; "
        + $"{Mma}{C11}, {Fa1}, {Fb1}, {C11}; "
        + $"{Mma}{C12}, {Fa1}, {Fb2}, {C12}; "
        + $"{Mma}{C13}, {Fa1}, {Fb3}, {C13}; "
        + $"{Mma}{C20}, {Fa2}, {Fb0}, {C20}; "
        + $"{Mma}{C21}, {Fa2}, {Fb1}, {C21}; "
        + $"{Mma}{C22}, {Fa2}, {Fb2}, {C22}; "
        + $"{Mma}{C23}, {Fa2}, {Fb3}, {C23}; "
        + $"{Mma}{C30}, {Fa3}, {Fb0}, {C30}; "
        + $"{Mma}{C31}, {Fa3}, {Fb1}, {C31}; "
        + $"{Mma}{C32}, {Fa3}, {Fb2}, {C32}; "
        + $"{Mma}{C33}, {Fa3}, {Fb3}, {C33};";

    /// <summary>The first 32 of the warp's 64 rows. %0: the place of this lane's first two sums among rows of 136 floats.</summary>
    public const string StoreUpper =
        "add.u32 tileAt, tileBase, %0; "
        + Store + "[tileAt+0], {acc0,acc1}; " + Store + "[tileAt+4352], {acc2,acc3}; "
        + Store + "[tileAt+32], {acc4,acc5}; " + Store + "[tileAt+4384], {acc6,acc7}; "
        + Store + "[tileAt+64], {acc8,acc9}; " + Store + "[tileAt+4416], {acc10,acc11}; "
        + Store + "[tileAt+96], {acc12,acc13}; " + Store + "[tileAt+4448], {acc14,acc15}; "
        + Store + "[tileAt+8704], {acc16,acc17}; " + Store + "[tileAt+13056], {acc18,acc19}; "
        + Store + "[tileAt+8736], {acc20,acc21}; " + Store + "[tileAt+13088], {acc22,acc23}; "
        + Store + "[tileAt+8768], {acc24,acc25}; " + Store + "[tileAt+13120], {acc26,acc27}; "
        + Store + "[tileAt+8800], {acc28,acc29}; " + Store + "[tileAt+13152], {acc30,acc31};";

    /// <summary>The last 32 of the warp's 64 rows. %0: the place of this lane's first two sums among rows of 136 floats.</summary>
    public const string StoreLower =
        "add.u32 tileAt, tileBase, %0; "
        + Store + "[tileAt+0], {acc32,acc33}; " + Store + "[tileAt+4352], {acc34,acc35}; "
        + Store + "[tileAt+32], {acc36,acc37}; " + Store + "[tileAt+4384], {acc38,acc39}; "
        + Store + "[tileAt+64], {acc40,acc41}; " + Store + "[tileAt+4416], {acc42,acc43}; "
        + Store + "[tileAt+96], {acc44,acc45}; " + Store + "[tileAt+4448], {acc46,acc47}; "
        + Store + "[tileAt+8704], {acc48,acc49}; " + Store + "[tileAt+13056], {acc50,acc51}; "
        + Store + "[tileAt+8736], {acc52,acc53}; " + Store + "[tileAt+13088], {acc54,acc55}; "
        + Store + "[tileAt+8768], {acc56,acc57}; " + Store + "[tileAt+13120], {acc58,acc59}; "
        + Store + "[tileAt+8800], {acc60,acc61}; " + Store + "[tileAt+13152], {acc62,acc63};";

    private const string CopyAsync = "cp.async.cg.shared.global ";
    private const string LoadMatrices = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 ";
    private const string Mma = "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 ";
    private const string Store = "st.shared.v2.f32 ";
    private const string Then = ", 0f00000000; mov.f32 acc";

    private const string Fa0 = "{fa0,fa1,fa2,fa3}";
    private const string Fa1 = "{fa4,fa5,fa6,fa7}";
    private const string Fa2 = "{fa8,fa9,fa10,fa11}";
    private const string Fa3 = "{fa12,fa13,fa14,fa15}";
    private const string Fb0 = "{fb0,fb1}";
    private const string Fb1 = "{fb2,fb3}";
    private const string Fb2 = "{fb4,fb5}";
    private const string Fb3 = "{fb6,fb7}";
    private const string C00 = "{acc0,acc1,acc2,acc3}";
    private const string C01 = "{acc4,acc5,acc6,acc7}";
    private const string C02 = "{acc8,acc9,acc10,acc11}";
    private const string C03 = "{acc12,acc13,acc14,acc15}";
    private const string C10 = "{acc16,acc17,acc18,acc19}";
    private const string C11 = "{acc20,acc21,acc22,acc23}";
    private const string C12 = "{acc24,acc25,acc26,acc27}";
    private const string C13 = "{acc28,acc29,acc30,acc31}";
    private const string C20 = "{acc32,acc33,acc34,acc35}";
    private const string C21 = "{acc36,acc37,acc38,acc39}";
    private const string C22 = "{acc40,acc41,acc42,acc43}";
    private const string C23 = "{acc44,acc45,acc46,acc47}";
    private const string C30 = "{acc48,acc49,acc50,acc51}";
    private const string C31 = "{acc52,acc53,acc54,acc55}";
    private const string C32 = "{acc56,acc57,acc58,acc59}";
    private const string C33 = "{acc60,acc61,acc62,acc63}";
}
