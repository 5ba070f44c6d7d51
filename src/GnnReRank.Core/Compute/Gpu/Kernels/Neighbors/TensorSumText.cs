namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// The PTX of <see cref="TensorTileKernel"/>'s sums. Constants, for CudaAsm takes nothing else. Registers that one text
/// declares live on in the next, so accumulators and fragments have names here and none in C#, where each would pass
/// through local memory.
/// </summary>
internal static class TensorSumText
{
    /// <summary>
    /// Once a kernel. The shared memory is ILGPU's first allocation, by the name it gives it; C# cannot pass a shared
    /// address.
    /// </summary>
    public const string Declare =
        ".reg .f32 acc<128>; .reg .b32 fa<16>; .reg .b32 fb<16>; .reg .b32 ga<16>; .reg .b32 gb<16>; "
        + ".reg .b32 tileBase; .reg .b32 tileAt; mov.u32 tileBase, __shared_alloca0;";

    public const string Zero =
        "mov.f32 acc0" + Then + "1" + Then + "2" + Then + "3" + Then + "4" + Then + "5" + Then + "6"
        + Then + "7" + Then + "8" + Then + "9" + Then + "10" + Then + "11" + Then + "12" + Then + "13"
        + Then + "14" + Then + "15" + Then + "16" + Then + "17" + Then + "18" + Then + "19" + Then + "20"
        + Then + "21" + Then + "22" + Then + "23" + Then + "24" + Then + "25" + Then + "26" + Then + "27"
        + Then + "28" + Then + "29" + Then + "30" + Then + "31" + Then + "32" + Then + "33" + Then + "34"
        + Then + "35" + Then + "36" + Then + "37" + Then + "38" + Then + "39" + Then + "40" + Then + "41"
        + Then + "42" + Then + "43" + Then + "44" + Then + "45" + Then + "46" + Then + "47" + Then + "48"
        + Then + "49" + Then + "50" + Then + "51" + Then + "52" + Then + "53" + Then + "54" + Then + "55"
        + Then + "56" + Then + "57" + Then + "58" + Then + "59" + Then + "60" + Then + "61" + Then + "62"
        + Then + "63" + Then + "64" + Then + "65" + Then + "66" + Then + "67" + Then + "68" + Then + "69"
        + Then + "70" + Then + "71" + Then + "72" + Then + "73" + Then + "74" + Then + "75" + Then + "76"
        + Then + "77" + Then + "78" + Then + "79" + Then + "80" + Then + "81" + Then + "82" + Then + "83"
        + Then + "84" + Then + "85" + Then + "86" + Then + "87" + Then + "88" + Then + "89" + Then + "90"
        + Then + "91" + Then + "92" + Then + "93" + Then + "94" + Then + "95" + Then + "96" + Then + "97"
        + Then + "98" + Then + "99" + Then + "100" + Then + "101" + Then + "102" + Then + "103"
        + Then + "104" + Then + "105" + Then + "106" + Then + "107" + Then + "108" + Then + "109"
        + Then + "110" + Then + "111" + Then + "112" + Then + "113" + Then + "114" + Then + "115"
        + Then + "116" + Then + "117" + Then + "118" + Then + "119" + Then + "120" + Then + "121"
        + Then + "122" + Then + "123" + Then + "124" + Then + "125" + Then + "126"
        + Then + "127, 0f00000000;";

    /// <summary>The warp's 64 x 64 sums, 16 values on.</summary>
    public const string MultiplyFirst =
        $"{Mma}{C00}, {Fa0}, {Fb0}, {C00}; "
        + $"{Mma}{C01}, {Fa0}, {Fb1}, {C01}; "
        + $"{Mma}{C02}, {Fa0}, {Fb2}, {C02}; "
        + $"{Mma}{C03}, {Fa0}, {Fb3}, {C03}; "
        + $"{Mma}{C04}, {Fa0}, {Fb4}, {C04}; "
        + $"{Mma}{C05}, {Fa0}, {Fb5}, {C05}; "
        + $"{Mma}{C06}, {Fa0}, {Fb6}, {C06}; "
        + $"{Mma}{C07}, {Fa0}, {Fb7}, {C07}; "
        + $"{Mma}{C10}, {Fa1}, {Fb0}, {C10}; "
        + $"{Mma}{C11}, {Fa1}, {Fb1}, {C11}; "
        + $"{Mma}{C12}, {Fa1}, {Fb2}, {C12}; "
        + $"{Mma}{C13}, {Fa1}, {Fb3}, {C13}; "
        + $"{Mma}{C14}, {Fa1}, {Fb4}, {C14}; "
        + $"{Mma}{C15}, {Fa1}, {Fb5}, {C15}; "
        + $"{Mma}{C16}, {Fa1}, {Fb6}, {C16}; "
        + $"{Mma}{C17}, {Fa1}, {Fb7}, {C17}; "
        + $"{Mma}{C20}, {Fa2}, {Fb0}, {C20}; "
        + $"{Mma}{C21}, {Fa2}, {Fb1}, {C21}; "
        + $"{Mma}{C22}, {Fa2}, {Fb2}, {C22}; "
        + $"{Mma}{C23}, {Fa2}, {Fb3}, {C23}; "
        + $"{Mma}{C24}, {Fa2}, {Fb4}, {C24}; "
        + $"{Mma}{C25}, {Fa2}, {Fb5}, {C25}; "
        + $"{Mma}{C26}, {Fa2}, {Fb6}, {C26}; "
        + $"{Mma}{C27}, {Fa2}, {Fb7}, {C27}; "
        + $"{Mma}{C30}, {Fa3}, {Fb0}, {C30}; "
        + $"{Mma}{C31}, {Fa3}, {Fb1}, {C31}; "
        + $"{Mma}{C32}, {Fa3}, {Fb2}, {C32}; "
        + $"{Mma}{C33}, {Fa3}, {Fb3}, {C33}; "
        + $"{Mma}{C34}, {Fa3}, {Fb4}, {C34}; "
        + $"{Mma}{C35}, {Fa3}, {Fb5}, {C35}; "
        + $"{Mma}{C36}, {Fa3}, {Fb6}, {C36}; "
        + $"{Mma}{C37}, {Fa3}, {Fb7}, {C37};";

    /// <summary>The warp's 64 x 64 sums, the next 16 values on.</summary>
    public const string MultiplySecond =
        $"{Mma}{C00}, {Ga0}, {Gb0}, {C00}; "
        + $"{Mma}{C01}, {Ga0}, {Gb1}, {C01}; "
        + $"{Mma}{C02}, {Ga0}, {Gb2}, {C02}; "
        + $"{Mma}{C03}, {Ga0}, {Gb3}, {C03}; "
        + $"{Mma}{C04}, {Ga0}, {Gb4}, {C04}; "
        + $"{Mma}{C05}, {Ga0}, {Gb5}, {C05}; "
        + $"{Mma}{C06}, {Ga0}, {Gb6}, {C06}; "
        + $"{Mma}{C07}, {Ga0}, {Gb7}, {C07}; "
        + $"{Mma}{C10}, {Ga1}, {Gb0}, {C10}; "
        + $"{Mma}{C11}, {Ga1}, {Gb1}, {C11}; "
        + $"{Mma}{C12}, {Ga1}, {Gb2}, {C12}; "
        + $"{Mma}{C13}, {Ga1}, {Gb3}, {C13}; "
        + $"{Mma}{C14}, {Ga1}, {Gb4}, {C14}; "
        + $"{Mma}{C15}, {Ga1}, {Gb5}, {C15}; "
        + $"{Mma}{C16}, {Ga1}, {Gb6}, {C16}; "
        + $"{Mma}{C17}, {Ga1}, {Gb7}, {C17}; "
        + $"{Mma}{C20}, {Ga2}, {Gb0}, {C20}; "
        + $"{Mma}{C21}, {Ga2}, {Gb1}, {C21}; "
        + $"{Mma}{C22}, {Ga2}, {Gb2}, {C22}; "
        + $"{Mma}{C23}, {Ga2}, {Gb3}, {C23}; "
        + $"{Mma}{C24}, {Ga2}, {Gb4}, {C24}; "
        + $"{Mma}{C25}, {Ga2}, {Gb5}, {C25}; "
        + $"{Mma}{C26}, {Ga2}, {Gb6}, {C26}; "
        + $"{Mma}{C27}, {Ga2}, {Gb7}, {C27}; "
        + $"{Mma}{C30}, {Ga3}, {Gb0}, {C30}; "
        + $"{Mma}{C31}, {Ga3}, {Gb1}, {C31}; "
        + $"{Mma}{C32}, {Ga3}, {Gb2}, {C32}; "
        + $"{Mma}{C33}, {Ga3}, {Gb3}, {C33}; "
        + $"{Mma}{C34}, {Ga3}, {Gb4}, {C34}; "
        + $"{Mma}{C35}, {Ga3}, {Gb5}, {C35}; "
        + $"{Mma}{C36}, {Ga3}, {Gb6}, {C36}; "
        + $"{Mma}{C37}, {Ga3}, {Gb7}, {C37};";

    /// <summary>
    /// The first 32 of the warp's rows. %0: the place of this lane's first sums among rows of 136 floats.
    /// </summary>
    public const string StoreUpper =
        "add.u32 tileAt, tileBase, %0; "
        + Store + "[tileAt+0], {acc0,acc1}; " + Store + "[tileAt+4352], {acc2,acc3}; "
        + Store + "[tileAt+32], {acc4,acc5}; " + Store + "[tileAt+4384], {acc6,acc7}; "
        + Store + "[tileAt+64], {acc8,acc9}; " + Store + "[tileAt+4416], {acc10,acc11}; "
        + Store + "[tileAt+96], {acc12,acc13}; " + Store + "[tileAt+4448], {acc14,acc15}; "
        + Store + "[tileAt+128], {acc16,acc17}; " + Store + "[tileAt+4480], {acc18,acc19}; "
        + Store + "[tileAt+160], {acc20,acc21}; " + Store + "[tileAt+4512], {acc22,acc23}; "
        + Store + "[tileAt+192], {acc24,acc25}; " + Store + "[tileAt+4544], {acc26,acc27}; "
        + Store + "[tileAt+224], {acc28,acc29}; " + Store + "[tileAt+4576], {acc30,acc31}; "
        + Store + "[tileAt+8704], {acc32,acc33}; " + Store + "[tileAt+13056], {acc34,acc35}; "
        + Store + "[tileAt+8736], {acc36,acc37}; " + Store + "[tileAt+13088], {acc38,acc39}; "
        + Store + "[tileAt+8768], {acc40,acc41}; " + Store + "[tileAt+13120], {acc42,acc43}; "
        + Store + "[tileAt+8800], {acc44,acc45}; " + Store + "[tileAt+13152], {acc46,acc47}; "
        + Store + "[tileAt+8832], {acc48,acc49}; " + Store + "[tileAt+13184], {acc50,acc51}; "
        + Store + "[tileAt+8864], {acc52,acc53}; " + Store + "[tileAt+13216], {acc54,acc55}; "
        + Store + "[tileAt+8896], {acc56,acc57}; " + Store + "[tileAt+13248], {acc58,acc59}; "
        + Store + "[tileAt+8928], {acc60,acc61}; " + Store + "[tileAt+13280], {acc62,acc63};";

    /// <summary>
    /// The last 32 of the warp's rows. %0: the place of this lane's first sums among rows of 136 floats.
    /// </summary>
    public const string StoreLower =
        "add.u32 tileAt, tileBase, %0; "
        + Store + "[tileAt+0], {acc64,acc65}; " + Store + "[tileAt+4352], {acc66,acc67}; "
        + Store + "[tileAt+32], {acc68,acc69}; " + Store + "[tileAt+4384], {acc70,acc71}; "
        + Store + "[tileAt+64], {acc72,acc73}; " + Store + "[tileAt+4416], {acc74,acc75}; "
        + Store + "[tileAt+96], {acc76,acc77}; " + Store + "[tileAt+4448], {acc78,acc79}; "
        + Store + "[tileAt+128], {acc80,acc81}; " + Store + "[tileAt+4480], {acc82,acc83}; "
        + Store + "[tileAt+160], {acc84,acc85}; " + Store + "[tileAt+4512], {acc86,acc87}; "
        + Store + "[tileAt+192], {acc88,acc89}; " + Store + "[tileAt+4544], {acc90,acc91}; "
        + Store + "[tileAt+224], {acc92,acc93}; " + Store + "[tileAt+4576], {acc94,acc95}; "
        + Store + "[tileAt+8704], {acc96,acc97}; " + Store + "[tileAt+13056], {acc98,acc99}; "
        + Store + "[tileAt+8736], {acc100,acc101}; " + Store + "[tileAt+13088], {acc102,acc103}; "
        + Store + "[tileAt+8768], {acc104,acc105}; " + Store + "[tileAt+13120], {acc106,acc107}; "
        + Store + "[tileAt+8800], {acc108,acc109}; " + Store + "[tileAt+13152], {acc110,acc111}; "
        + Store + "[tileAt+8832], {acc112,acc113}; " + Store + "[tileAt+13184], {acc114,acc115}; "
        + Store + "[tileAt+8864], {acc116,acc117}; " + Store + "[tileAt+13216], {acc118,acc119}; "
        + Store + "[tileAt+8896], {acc120,acc121}; " + Store + "[tileAt+13248], {acc122,acc123}; "
        + Store + "[tileAt+8928], {acc124,acc125}; " + Store + "[tileAt+13280], {acc126,acc127};";

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
    private const string Fb4 = "{fb8,fb9}";
    private const string Fb5 = "{fb10,fb11}";
    private const string Fb6 = "{fb12,fb13}";
    private const string Fb7 = "{fb14,fb15}";
    private const string Ga0 = "{ga0,ga1,ga2,ga3}";
    private const string Ga1 = "{ga4,ga5,ga6,ga7}";
    private const string Ga2 = "{ga8,ga9,ga10,ga11}";
    private const string Ga3 = "{ga12,ga13,ga14,ga15}";
    private const string Gb0 = "{gb0,gb1}";
    private const string Gb1 = "{gb2,gb3}";
    private const string Gb2 = "{gb4,gb5}";
    private const string Gb3 = "{gb6,gb7}";
    private const string Gb4 = "{gb8,gb9}";
    private const string Gb5 = "{gb10,gb11}";
    private const string Gb6 = "{gb12,gb13}";
    private const string Gb7 = "{gb14,gb15}";
    private const string C00 = "{acc0,acc1,acc2,acc3}";
    private const string C01 = "{acc4,acc5,acc6,acc7}";
    private const string C02 = "{acc8,acc9,acc10,acc11}";
    private const string C03 = "{acc12,acc13,acc14,acc15}";
    private const string C04 = "{acc16,acc17,acc18,acc19}";
    private const string C05 = "{acc20,acc21,acc22,acc23}";
    private const string C06 = "{acc24,acc25,acc26,acc27}";
    private const string C07 = "{acc28,acc29,acc30,acc31}";
    private const string C10 = "{acc32,acc33,acc34,acc35}";
    private const string C11 = "{acc36,acc37,acc38,acc39}";
    private const string C12 = "{acc40,acc41,acc42,acc43}";
    private const string C13 = "{acc44,acc45,acc46,acc47}";
    private const string C14 = "{acc48,acc49,acc50,acc51}";
    private const string C15 = "{acc52,acc53,acc54,acc55}";
    private const string C16 = "{acc56,acc57,acc58,acc59}";
    private const string C17 = "{acc60,acc61,acc62,acc63}";
    private const string C20 = "{acc64,acc65,acc66,acc67}";
    private const string C21 = "{acc68,acc69,acc70,acc71}";
    private const string C22 = "{acc72,acc73,acc74,acc75}";
    private const string C23 = "{acc76,acc77,acc78,acc79}";
    private const string C24 = "{acc80,acc81,acc82,acc83}";
    private const string C25 = "{acc84,acc85,acc86,acc87}";
    private const string C26 = "{acc88,acc89,acc90,acc91}";
    private const string C27 = "{acc92,acc93,acc94,acc95}";
    private const string C30 = "{acc96,acc97,acc98,acc99}";
    private const string C31 = "{acc100,acc101,acc102,acc103}";
    private const string C32 = "{acc104,acc105,acc106,acc107}";
    private const string C33 = "{acc108,acc109,acc110,acc111}";
    private const string C34 = "{acc112,acc113,acc114,acc115}";
    private const string C35 = "{acc116,acc117,acc118,acc119}";
    private const string C36 = "{acc120,acc121,acc122,acc123}";
    private const string C37 = "{acc124,acc125,acc126,acc127}";
}
