namespace GnnReRank.Compute.Gpu.Kernels.Products;

/// <summary>
/// The PTX of <see cref="TensorProductKernel"/>. Constants, for CudaAsm takes nothing else. Registers that one text
/// declares live on in the next, so sums and fragments have names here and none in C#, where each would pass through
/// local memory.
/// </summary>
internal static class TensorProductText
{
    /// <summary>
    /// Once a kernel. The shared memory is ILGPU's first allocation, by the name it gives it; C# cannot pass a shared
    /// address.
    /// High and low parts of rows (rh, rl) and of columns (ch, cl), 64 x 64 sums, and four of one step.
    /// </summary>
    public const string Declare =
        ".reg .b32 rh<16>; .reg .b32 rl<16>; .reg .b32 ch<16>; .reg .b32 cl<16>; .reg .f32 acc<128>; "
        + ".reg .f32 sum<4>; .reg .f32 zero; .reg .b32 tileBase; .reg .b32 tileAt; "
        + "mov.u32 tileBase, __shared_alloca0; mov.f32 zero, 0f00000000;";

    /// <summary>%0: where this thread's 16 bytes go in the stage; %1 to %4: where from, 32 rows on each time.</summary>
    public const string Copy =
        "add.u32 tileAt, tileBase, %0; "
        + CopyAsync + "[tileAt], [%1], 16; "
        + CopyAsync + "[tileAt+2048], [%2], 16; "
        + CopyAsync + "[tileAt+4096], [%3], 16; "
        + CopyAsync + "[tileAt+6144], [%4], 16;";

    public const string Commit = "cp.async.commit_group;";

    /// <summary>Waits for all copies but the last committed group.</summary>
    public const string WaitForAllButOne = "cp.async.wait_group 1;";

    /// <summary>
    /// The places of this lane's row in the warp's rows, high (%0) and low (%1) parts, and in its columns (%2, %3).
    /// 1,024 bytes are 16 rows.
    /// </summary>
    public const string Load =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{rh0,rh1,rh2,rh3}, [tileAt]; "
        + LoadMatrices + "{rh4,rh5,rh6,rh7}, [tileAt+1024]; "
        + LoadMatrices + "{rh8,rh9,rh10,rh11}, [tileAt+2048]; "
        + LoadMatrices + "{rh12,rh13,rh14,rh15}, [tileAt+3072]; "
        + "add.u32 tileAt, tileBase, %2; "
        + LoadMatrices + "{ch0,ch1,ch2,ch3}, [tileAt]; "
        + LoadMatrices + "{ch4,ch5,ch6,ch7}, [tileAt+1024]; "
        + LoadMatrices + "{ch8,ch9,ch10,ch11}, [tileAt+2048]; "
        + LoadMatrices + "{ch12,ch13,ch14,ch15}, [tileAt+3072]; "
        + "add.u32 tileAt, tileBase, %3; "
        + LoadMatrices + "{cl0,cl1,cl2,cl3}, [tileAt]; "
        + LoadMatrices + "{cl4,cl5,cl6,cl7}, [tileAt+1024]; "
        + LoadMatrices + "{cl8,cl9,cl10,cl11}, [tileAt+2048]; "
        + LoadMatrices + "{cl12,cl13,cl14,cl15}, [tileAt+3072]; "
        + "add.u32 tileAt, tileBase, %1; "
        + LoadMatrices + "{rl0,rl1,rl2,rl3}, [tileAt]; "
        + LoadMatrices + "{rl4,rl5,rl6,rl7}, [tileAt+1024]; "
        + LoadMatrices + "{rl8,rl9,rl10,rl11}, [tileAt+2048]; "
        + LoadMatrices + "{rl12,rl13,rl14,rl15}, [tileAt+3072];";

    public const string Zero =
        $"{Move}0{To}1{To}2{To}3{To}4{To}5{To}6{To}7{Zeroed} "
        + $"{Move}8{To}9{To}10{To}11{To}12{To}13{To}14{To}15{Zeroed} "
        + $"{Move}16{To}17{To}18{To}19{To}20{To}21{To}22{To}23{Zeroed} "
        + $"{Move}24{To}25{To}26{To}27{To}28{To}29{To}30{To}31{Zeroed} "
        + $"{Move}32{To}33{To}34{To}35{To}36{To}37{To}38{To}39{Zeroed} "
        + $"{Move}40{To}41{To}42{To}43{To}44{To}45{To}46{To}47{Zeroed} "
        + $"{Move}48{To}49{To}50{To}51{To}52{To}53{To}54{To}55{Zeroed} "
        + $"{Move}56{To}57{To}58{To}59{To}60{To}61{To}62{To}63{Zeroed} "
        + $"{Move}64{To}65{To}66{To}67{To}68{To}69{To}70{To}71{Zeroed} "
        + $"{Move}72{To}73{To}74{To}75{To}76{To}77{To}78{To}79{Zeroed} "
        + $"{Move}80{To}81{To}82{To}83{To}84{To}85{To}86{To}87{Zeroed} "
        + $"{Move}88{To}89{To}90{To}91{To}92{To}93{To}94{To}95{Zeroed} "
        + $"{Move}96{To}97{To}98{To}99{To}100{To}101{To}102{To}103{Zeroed} "
        + $"{Move}104{To}105{To}106{To}107{To}108{To}109{To}110{To}111{Zeroed} "
        + $"{Move}112{To}113{To}114{To}115{To}116{To}117{To}118{To}119{Zeroed} "
        + $"{Move}120{To}121{To}122{To}123{To}124{To}125{To}126{To}127{Zeroed}";

    /// <summary>The first 32 of the warp's 64 rows, 16 values on.</summary>
    public const string MultiplyUpper =
        $"{Mma}{R0}, {D0}{FromZero}{S0}, {C0}{On}{R0}, {C0}{End}"
        + $"{Add}0, acc0, {Then}1, acc1, {Next}2, acc2, {Last}3, acc3, sum3; "
        + $"{Mma}{R0}, {D1}{FromZero}{S0}, {C1}{On}{R0}, {C1}{End}"
        + $"{Add}4, acc4, {Then}5, acc5, {Next}6, acc6, {Last}7, acc7, sum3; "
        + $"{Mma}{R0}, {D2}{FromZero}{S0}, {C2}{On}{R0}, {C2}{End}"
        + $"{Add}8, acc8, {Then}9, acc9, {Next}10, acc10, {Last}11, acc11, sum3; "
        + $"{Mma}{R0}, {D3}{FromZero}{S0}, {C3}{On}{R0}, {C3}{End}"
        + $"{Add}12, acc12, {Then}13, acc13, {Next}14, acc14, {Last}15, acc15, sum3; "
        + $"{Mma}{R0}, {D4}{FromZero}{S0}, {C4}{On}{R0}, {C4}{End}"
        + $"{Add}16, acc16, {Then}17, acc17, {Next}18, acc18, {Last}19, acc19, sum3; "
        + $"{Mma}{R0}, {D5}{FromZero}{S0}, {C5}{On}{R0}, {C5}{End}"
        + $"{Add}20, acc20, {Then}21, acc21, {Next}22, acc22, {Last}23, acc23, sum3; "
        + $"{Mma}{R0}, {D6}{FromZero}{S0}, {C6}{On}{R0}, {C6}{End}"
        + $"{Add}24, acc24, {Then}25, acc25, {Next}26, acc26, {Last}27, acc27, sum3; "
        + $"{Mma}{R0}, {D7}{FromZero}{S0}, {C7}{On}{R0}, {C7}{End}"
        + $"{Add}28, acc28, {Then}29, acc29, {Next}30, acc30, {Last}31, acc31, sum3; "
        + $"{Mma}{R1}, {D0}{FromZero}{S1}, {C0}{On}{R1}, {C0}{End}"
        + $"{Add}32, acc32, {Then}33, acc33, {Next}34, acc34, {Last}35, acc35, sum3; "
        + $"{Mma}{R1}, {D1}{FromZero}{S1}, {C1}{On}{R1}, {C1}{End}"
        + $"{Add}36, acc36, {Then}37, acc37, {Next}38, acc38, {Last}39, acc39, sum3; "
        + $"{Mma}{R1}, {D2}{FromZero}{S1}, {C2}{On}{R1}, {C2}{End}"
        + $"{Add}40, acc40, {Then}41, acc41, {Next}42, acc42, {Last}43, acc43, sum3; "
        + $"{Mma}{R1}, {D3}{FromZero}{S1}, {C3}{On}{R1}, {C3}{End}"
        + $"{Add}44, acc44, {Then}45, acc45, {Next}46, acc46, {Last}47, acc47, sum3; "
        + $"{Mma}{R1}, {D4}{FromZero}{S1}, {C4}{On}{R1}, {C4}{End}"
        + $"{Add}48, acc48, {Then}49, acc49, {Next}50, acc50, {Last}51, acc51, sum3; "
        + $"{Mma}{R1}, {D5}{FromZero}{S1}, {C5}{On}{R1}, {C5}{End}"
        + $"{Add}52, acc52, {Then}53, acc53, {Next}54, acc54, {Last}55, acc55, sum3; "
        + $"{Mma}{R1}, {D6}{FromZero}{S1}, {C6}{On}{R1}, {C6}{End}"
        + $"{Add}56, acc56, {Then}57, acc57, {Next}58, acc58, {Last}59, acc59, sum3; "
        + $"{Mma}{R1}, {D7}{FromZero}{S1}, {C7}{On}{R1}, {C7}{End}"
        + $"{Add}60, acc60, {Then}61, acc61, {Next}62, acc62, {Last}63, acc63, sum3;";

    /// <summary>The last 32 of the warp's 64 rows, 16 values on.</summary>
    public const string MultiplyLower =
        $"{Mma}{R2}, {D0}{FromZero}{S2}, {C0}{On}{R2}, {C0}{End}"
        + $"{Add}64, acc64, {Then}65, acc65, {Next}66, acc66, {Last}67, acc67, sum3; "
        + $"{Mma}{R2}, {D1}{FromZero}{S2}, {C1}{On}{R2}, {C1}{End}"
        + $"{Add}68, acc68, {Then}69, acc69, {Next}70, acc70, {Last}71, acc71, sum3; "
        + $"{Mma}{R2}, {D2}{FromZero}{S2}, {C2}{On}{R2}, {C2}{End}"
        + $"{Add}72, acc72, {Then}73, acc73, {Next}74, acc74, {Last}75, acc75, sum3; "
        + $"{Mma}{R2}, {D3}{FromZero}{S2}, {C3}{On}{R2}, {C3}{End}"
        + $"{Add}76, acc76, {Then}77, acc77, {Next}78, acc78, {Last}79, acc79, sum3; "
        + $"{Mma}{R2}, {D4}{FromZero}{S2}, {C4}{On}{R2}, {C4}{End}"
        + $"{Add}80, acc80, {Then}81, acc81, {Next}82, acc82, {Last}83, acc83, sum3; "
        + $"{Mma}{R2}, {D5}{FromZero}{S2}, {C5}{On}{R2}, {C5}{End}"
        + $"{Add}84, acc84, {Then}85, acc85, {Next}86, acc86, {Last}87, acc87, sum3; "
        + $"{Mma}{R2}, {D6}{FromZero}{S2}, {C6}{On}{R2}, {C6}{End}"
        + $"{Add}88, acc88, {Then}89, acc89, {Next}90, acc90, {Last}91, acc91, sum3; "
        + $"{Mma}{R2}, {D7}{FromZero}{S2}, {C7}{On}{R2}, {C7}{End}"
        + $"{Add}92, acc92, {Then}93, acc93, {Next}94, acc94, {Last}95, acc95, sum3; "
        + $"{Mma}{R3}, {D0}{FromZero}{S3}, {C0}{On}{R3}, {C0}{End}"
        + $"{Add}96, acc96, {Then}97, acc97, {Next}98, acc98, {Last}99, acc99, sum3; "
        + $"{Mma}{R3}, {D1}{FromZero}{S3}, {C1}{On}{R3}, {C1}{End}"
        + $"{Add}100, acc100, {Then}101, acc101, {Next}102, acc102, {Last}103, acc103, sum3; "
        + $"{Mma}{R3}, {D2}{FromZero}{S3}, {C2}{On}{R3}, {C2}{End}"
        + $"{Add}104, acc104, {Then}105, acc105, {Next}106, acc106, {Last}107, acc107, sum3; "
        + $"{Mma}{R3}, {D3}{FromZero}{S3}, {C3}{On}{R3}, {C3}{End}"
        + $"{Add}108, acc108, {Then}109, acc109, {Next}110, acc110, {Last}111, acc111, sum3; "
        + $"{Mma}{R3}, {D4}{FromZero}{S3}, {C4}{On}{R3}, {C4}{End}"
        + $"{Add}112, acc112, {Then}113, acc113, {Next}114, acc114, {Last}115, acc115, sum3; "
        + $"{Mma}{R3}, {D5}{FromZero}{S3}, {C5}{On}{R3}, {C5}{End}"
        + $"{Add}116, acc116, {Then}117, acc117, {Next}118, acc118, {Last}119, acc119, sum3; "
        + $"{Mma}{R3}, {D6}{FromZero}{S3}, {C6}{On}{R3}, {C6}{End}"
        + $"{Add}120, acc120, {Then}121, acc121, {Next}122, acc122, {Last}123, acc123, sum3; "
        + $"{Mma}{R3}, {D7}{FromZero}{S3}, {C7}{On}{R3}, {C7}{End}"
        + $"{Add}124, acc124, {Then}125, acc125, {Next}126, acc126, {Last}127, acc127, sum3;";

    /// <summary>
    /// The first 32 of the warp's 64 rows. %0: where among rows of 136 floats this lane's first two sums go.
    /// </summary>
    public const string StoreUpper =
        "add.u32 tileAt, tileBase, %0; "
        + "st.shared.v2.f32 [tileAt+0], {acc0,acc1}; st.shared.v2.f32 [tileAt+4352], {acc2,acc3}; "
        + "st.shared.v2.f32 [tileAt+32], {acc4,acc5}; st.shared.v2.f32 [tileAt+4384], {acc6,acc7}; "
        + "st.shared.v2.f32 [tileAt+64], {acc8,acc9}; st.shared.v2.f32 [tileAt+4416], {acc10,acc11}; "
        + "st.shared.v2.f32 [tileAt+96], {acc12,acc13}; st.shared.v2.f32 [tileAt+4448], {acc14,acc15}; "
        + "st.shared.v2.f32 [tileAt+128], {acc16,acc17}; st.shared.v2.f32 [tileAt+4480], {acc18,acc19}; "
        + "st.shared.v2.f32 [tileAt+160], {acc20,acc21}; st.shared.v2.f32 [tileAt+4512], {acc22,acc23}; "
        + "st.shared.v2.f32 [tileAt+192], {acc24,acc25}; st.shared.v2.f32 [tileAt+4544], {acc26,acc27}; "
        + "st.shared.v2.f32 [tileAt+224], {acc28,acc29}; st.shared.v2.f32 [tileAt+4576], {acc30,acc31}; "
        + "st.shared.v2.f32 [tileAt+8704], {acc32,acc33}; st.shared.v2.f32 [tileAt+13056], {acc34,acc35}; "
        + "st.shared.v2.f32 [tileAt+8736], {acc36,acc37}; st.shared.v2.f32 [tileAt+13088], {acc38,acc39}; "
        + "st.shared.v2.f32 [tileAt+8768], {acc40,acc41}; st.shared.v2.f32 [tileAt+13120], {acc42,acc43}; "
        + "st.shared.v2.f32 [tileAt+8800], {acc44,acc45}; st.shared.v2.f32 [tileAt+13152], {acc46,acc47}; "
        + "st.shared.v2.f32 [tileAt+8832], {acc48,acc49}; st.shared.v2.f32 [tileAt+13184], {acc50,acc51}; "
        + "st.shared.v2.f32 [tileAt+8864], {acc52,acc53}; st.shared.v2.f32 [tileAt+13216], {acc54,acc55}; "
        + "st.shared.v2.f32 [tileAt+8896], {acc56,acc57}; st.shared.v2.f32 [tileAt+13248], {acc58,acc59}; "
        + "st.shared.v2.f32 [tileAt+8928], {acc60,acc61}; st.shared.v2.f32 [tileAt+13280], {acc62,acc63};";

    /// <summary>
    /// The last 32 of the warp's 64 rows. %0: where among rows of 136 floats this lane's first two sums go.
    /// </summary>
    public const string StoreLower =
        "add.u32 tileAt, tileBase, %0; "
        + "st.shared.v2.f32 [tileAt+0], {acc64,acc65}; st.shared.v2.f32 [tileAt+4352], {acc66,acc67}; "
        + "st.shared.v2.f32 [tileAt+32], {acc68,acc69}; st.shared.v2.f32 [tileAt+4384], {acc70,acc71}; "
        + "st.shared.v2.f32 [tileAt+64], {acc72,acc73}; st.shared.v2.f32 [tileAt+4416], {acc74,acc75}; "
        + "st.shared.v2.f32 [tileAt+96], {acc76,acc77}; st.shared.v2.f32 [tileAt+4448], {acc78,acc79}; "
        + "st.shared.v2.f32 [tileAt+128], {acc80,acc81}; st.shared.v2.f32 [tileAt+4480], {acc82,acc83}; "
        + "st.shared.v2.f32 [tileAt+160], {acc84,acc85}; st.shared.v2.f32 [tileAt+4512], {acc86,acc87}; "
        + "st.shared.v2.f32 [tileAt+192], {acc88,acc89}; st.shared.v2.f32 [tileAt+4544], {acc90,acc91}; "
        + "st.shared.v2.f32 [tileAt+224], {acc92,acc93}; st.shared.v2.f32 [tileAt+4576], {acc94,acc95}; "
        + "st.shared.v2.f32 [tileAt+8704], {acc96,acc97}; st.shared.v2.f32 [tileAt+13056], {acc98,acc99}; "
        + "st.shared.v2.f32 [tileAt+8736], {acc100,acc101}; st.shared.v2.f32 [tileAt+13088], {acc102,acc103}; "
        + "st.shared.v2.f32 [tileAt+8768], {acc104,acc105}; st.shared.v2.f32 [tileAt+13120], {acc106,acc107}; "
        + "st.shared.v2.f32 [tileAt+8800], {acc108,acc109}; st.shared.v2.f32 [tileAt+13152], {acc110,acc111}; "
        + "st.shared.v2.f32 [tileAt+8832], {acc112,acc113}; st.shared.v2.f32 [tileAt+13184], {acc114,acc115}; "
        + "st.shared.v2.f32 [tileAt+8864], {acc116,acc117}; st.shared.v2.f32 [tileAt+13216], {acc118,acc119}; "
        + "st.shared.v2.f32 [tileAt+8896], {acc120,acc121}; st.shared.v2.f32 [tileAt+13248], {acc122,acc123}; "
        + "st.shared.v2.f32 [tileAt+8928], {acc124,acc125}; st.shared.v2.f32 [tileAt+13280], {acc126,acc127};";

    private const string CopyAsync = "cp.async.cg.shared.global ";
    private const string LoadMatrices = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 ";
    private const string Mma = "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {sum0,sum1,sum2,sum3}, ";
    private const string FromZero = ", {zero,zero,zero,zero}; " + Mma;
    private const string On = ", {sum0,sum1,sum2,sum3}; " + Mma;
    private const string End = ", {sum0,sum1,sum2,sum3}; ";
    private const string Move = "mov.f32 acc";
    private const string To = ", zero; mov.f32 acc";
    private const string Zeroed = ", zero;";
    private const string Add = "add.f32 acc";
    private const string Then = "sum0; add.f32 acc";
    private const string Next = "sum1; add.f32 acc";
    private const string Last = "sum2; add.f32 acc";

    private const string R0 = "{rh0,rh1,rh2,rh3}";
    private const string R1 = "{rh4,rh5,rh6,rh7}";
    private const string R2 = "{rh8,rh9,rh10,rh11}";
    private const string R3 = "{rh12,rh13,rh14,rh15}";
    private const string S0 = "{rl0,rl1,rl2,rl3}";
    private const string S1 = "{rl4,rl5,rl6,rl7}";
    private const string S2 = "{rl8,rl9,rl10,rl11}";
    private const string S3 = "{rl12,rl13,rl14,rl15}";
    private const string C0 = "{ch0,ch1}";
    private const string C1 = "{ch2,ch3}";
    private const string C2 = "{ch4,ch5}";
    private const string C3 = "{ch6,ch7}";
    private const string C4 = "{ch8,ch9}";
    private const string C5 = "{ch10,ch11}";
    private const string C6 = "{ch12,ch13}";
    private const string C7 = "{ch14,ch15}";
    private const string D0 = "{cl0,cl1}";
    private const string D1 = "{cl2,cl3}";
    private const string D2 = "{cl4,cl5}";
    private const string D3 = "{cl6,cl7}";
    private const string D4 = "{cl8,cl9}";
    private const string D5 = "{cl10,cl11}";
    private const string D6 = "{cl12,cl13}";
    private const string D7 = "{cl14,cl15}";
}
