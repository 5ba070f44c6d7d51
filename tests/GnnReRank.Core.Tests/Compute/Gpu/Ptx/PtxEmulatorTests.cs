namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>The emulator against results worked by hand from the PTX manual, and its refusals.</summary>
public sealed class PtxEmulatorTests
{
    [Theory]
    [InlineData("div.s32 %r1, -7, 2; st.b32 [%rd1], %r1", unchecked((uint)-3))]
    [InlineData("rem.s32 %r1, -7, 2; st.b32 [%rd1], %r1", uint.MaxValue)]
    [InlineData("mov.b32 %r2, -8; shr.s32 %r1, %r2, 1; st.b32 [%rd1], %r1", unchecked((uint)-4))]
    [InlineData("mov.b32 %r2, -8; shr.u32 %r1, %r2, 28; st.b32 [%rd1], %r1", 15u)]
    [InlineData("mov.b32 %r2, -1; cvt.s64.s32 %rd2, %r2; shr.u64 %rd2, %rd2, 60; cvt.u32.u64 %r1, %rd2; st.b32 [%rd1], %r1", 15u)]
    [InlineData("mov.b32 %r2, -1; cvt.u64.u32 %rd2, %r2; shr.u64 %rd2, %rd2, 28; cvt.u32.u64 %r1, %rd2; st.b32 [%rd1], %r1", 15u)]
    [InlineData("mov.b32 %r2, -1; mul.wide.u32 %rd2, %r2, 4; shr.u64 %rd2, %rd2, 32; cvt.u32.u64 %r1, %rd2; st.b32 [%rd1], %r1", 3u)]
    [InlineData("mov.b32 %r2, -1; setp.lt.s32 %p1, %r2, 1; selp.b32 %r1, 5, 6, %p1; st.b32 [%rd1], %r1", 5u)]
    [InlineData("mov.b32 %r2, -1; setp.lo.u32 %p1, %r2, 1; selp.b32 %r1, 5, 6, %p1; st.b32 [%rd1], %r1", 6u)]
    [InlineData("setp.eq.s32 %p1, 1, 1; @%p1 bra L; st.b32 [%rd1], 1; L: ret", 0u)]
    [InlineData("setp.eq.s32 %p1, 1, 1; @!%p1 bra L; st.b32 [%rd1], 1; L: ret", 1u)]
    [InlineData("atom.add.u32 %r1, [%rd1], 3; atom.add.u32 %r1, [%rd1], 4; st.b32 [%rd1], %r1", 3u)]
    [InlineData("mul.f32 %r1, 0f40400000, 0f3F000000; st.b32 [%rd1], %r1", 0x3fc00000u)]
    [InlineData("atom.add.shared.u32 %r1, [tile], 3; atom.shared.add.u32 %r1, [tile], 1; st.b32 [%rd1], %r1", 2u)]
    [InlineData("atom.cas.shared.b32 %r1, [tile], -1, 5; atom.cas.b32 %r1, [%rd1], 1, 6; ld.shared.b32 %r1, [tile]; red.add.u32 [%rd1], %r1", 5u)]
    [InlineData("red.max.s32 [%rd1], -5; red.max.s32 [%rd1], 4; red.max.s32 [%rd1], 3", 4u)]
    [InlineData("max.s32 %r1, -1, -2; st.b32 [%rd1], %r1", uint.MaxValue)]
    [InlineData("max.f32 %r1, 0f40400000, 0fBF000000; st.b32 [%rd1], %r1", 0x40400000u)]
    [InlineData("min.f32 %r1, 0f40400000, 0fBF000000; st.b32 [%rd1], %r1", 0xbf000000u)]
    [InlineData("rcp.rn.f32 %r1, 0f40800000; st.b32 [%rd1], %r1", 0x3e800000u)]
    [InlineData("cvt.rzi.s64.f32 %rd2, 0fC02CCCCD; cvt.u32.u64 %r1, %rd2; st.b32 [%rd1], %r1", unchecked((uint)-2))]
    [InlineData("setp.neu.f32 %p1, 0f80000000, 0f00000000; selp.b32 %r1, 5, 6, %p1; st.b32 [%rd1], %r1", 6u)]
    [InlineData("setp.eq.s32 %p1, 1, 1; xor.pred %p1, %p1, 1; selp.b32 %r1, 5, 6, %p1; st.b32 [%rd1], %r1", 6u)]
    public void ComputesAsTheManualSays(string body, uint expected) => Assert.Equal(expected, Run(body, 1)[0]);

    [Theory]
    [InlineData("popc.b32 %r1, 5", "popc.b32")]
    [InlineData("atom.exch.b32 %r1, [%rd1], 1", "atom.exch.b32")]
    [InlineData("red.inc.u32 [%rd1], 1", "red.inc.u32")]
    [InlineData("vote.sync.any %p1, %p1", "vote.sync.any")]
    [InlineData("st.b32 [%rd1+2], 1", "4 bytes at 2")]
    [InlineData("st.b32 [%rd1+64], 1", "4 bytes at 64")]
    [InlineData("st.b32 [4], 1", "No buffer")]
    [InlineData("mov.b32 %r1, %tid.x; setp.eq.s32 %p1, %r1, 0; @%p1 bra L; bar.sync 0; L: ret", "A barrier")]
    public void NamesWhatItCannotDo(string body, string message)
    {
        Exception error = Assert.ThrowsAny<Exception>(() => Run(body, 33));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 7)]
    public void LandsCopiesAtTheWaitOrAtOnce(bool atOnce, uint early)
    {
        const string body = """
            cp.async.cg.shared.global [tile], [%rd1+16], 16; cp.async.commit_group;
            mov.b32 %r1, 0; st.shared.b32 [tile+16], %r1; ld.shared.b32 %r1, [tile]; and.b32 %r1, %r1, 255;
            setp.eq.s32 %p1, %r1, 255; selp.b32 %r1, 0, %r1, %p1; st.b32 [%rd1], %r1;
            cp.async.wait_group 0; ld.shared.b32 %r1, [tile]; st.b32 [%rd1+4], %r1
            """;
        uint[] result = Run(body, 1, atOnce);
        Assert.Equal(early, result[0]);
        Assert.Equal(7u, result[1]);
    }

    [Theory]
    [InlineData("mul.f32 %r1, %r2, %r2; add.f32 %r1, %r1, 0fBF800000; st.b32 [%rd1], %r1", 0x35400000u, 0x35400002u)]
    [InlineData("mul.f32 %r1, %r2, %r2; mov.b32 %r2, 0; add.f32 %r1, 0fBF800000, %r1; st.b32 [%rd1], %r1", 0x35400000u, 0x35400000u)]
    [InlineData("mul.f32 %r1, %r2, %r2; xor.b32 %r1, %r1, 0; add.f32 %r1, %r1, 0fBF800000; st.b32 [%rd1], %r1", 0x35400000u, 0x35400000u)]
    public void FusesAProductThatASumTakes(string body, uint apart, uint fused)
    {
        // (1 + 3 2^-23)^2 - 1 is 6 2^-23 + 9 2^-46, of which the product's rounding takes the second.
        string text = "mov.b32 %r2, 0f3F800003; " + body;
        Assert.Equal(apart, Run(text, 1)[0]);
        Assert.Equal(fused, Run(text, 1, fuses: true)[0]);
        Assert.Equal(apart, Run(PtxFusion.Forbidden(text), 1, fuses: true)[0]);
    }

    private static uint[] Run(string body, int threads, bool copiesLandAtOnce = false, bool fuses = false)
    {
        PtxMemory memory = new();
        uint[] values = new uint[16];
        values[4] = 7;
        ulong address = memory.Add(values);
        string text = $$"""
            .visible .entry Test( .param .align 8 .b8 args[8] )
            {
                .shared .align 16 .b8 tile[32];
                .reg .pred %p<2>; .reg .b32 %r<3>; .reg .b64 %rd<3>;
                ld.param.b64 %rd1, [args];
                {{body}};
                ret;
            }
            """;
        new PtxCode(new PtxProgram(text), fuses).Run(memory, BitConverter.GetBytes(address), new PtxLaunch(1, 1, threads, copiesLandAtOnce));
        return memory.Read<uint>(address);
    }
}
