namespace GnnReRank.GpuKit.Measuring;

/// <summary>What a card can do at most.</summary>
/// <param name="Card">A part of the name that its driver gives it.</param>
/// <param name="Source">Where the numbers are from.</param>
/// <param name="Single">TFLOP/s of float32, without tensor cores.</param>
/// <param name="Tf32">TFLOP/s of TF32 on tensor cores, no sparsity.</param>
/// <param name="Half">TFLOP/s of float16 or bfloat16 on tensor cores, summed in float32, no sparsity.</param>
/// <param name="Memory">GB/s of its memory.</param>
/// <param name="Link">GB/s to or from the host, one way.</param>
internal sealed record CardPeaks(
    string Card, string Source, double Single, double Tf32, double Half, double Memory, double Link)
{
    private const string Sheet = "data sheet";

    // The more special name first.
    private static readonly CardPeaks[] s_known =
    [
        new("H200 NVL", Sheet, 60, 417, 835, 4_800, 64),
        new("H200", "products as sustained by cuBLAS, memory by the data sheet", 50, 390, 800, 4_800, 64),
        new("H100 NVL", Sheet, 60, 417, 835, 3_900, 64),
        new("H100 PCIe", Sheet, 51, 378, 756, 2_000, 64),
        new("H100", Sheet, 67, 494, 989, 3_350, 64),
        new("A100-SXM4-40GB", Sheet, 19.5, 156, 312, 1_555, 32),
        new("A100-PCIE-40GB", Sheet, 19.5, 156, 312, 1_555, 32),
        new("A100 80GB PCIe", Sheet, 19.5, 156, 312, 1_935, 32),
        new("A100", Sheet, 19.5, 156, 312, 2_039, 32),
        new("RTX 4090", Sheet, 82.6, 82.6, 165, 1_008, 32),
    ];

    /// <summary>The peaks of a card; null where they are not known.</summary>
    public static CardPeaks? Of(string name) =>
        s_known.FirstOrDefault(peaks => name.Contains(peaks.Card, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => FormattableString.Invariant(
        $"{Single} TFLOP/s float32, {Tf32} TF32, {Half} float16, {Memory:N0} GB/s, {Link} to the host ({Source})");
}
