namespace GnnReRank.Benchmarks;

/// <summary>What a card can do at most, by its maker's data sheet.</summary>
/// <param name="Card">A part of the name that its driver gives it.</param>
/// <param name="Single">TFLOP/s of float32, without tensor cores.</param>
/// <param name="Tensor">TFLOP/s of float16 on tensor cores, summed in float32, no sparsity.</param>
/// <param name="Memory">GB/s of its memory.</param>
/// <param name="Link">GB/s to or from the host, one way.</param>
internal sealed record CardPeaks(string Card, double Single, double Tensor, double Memory, double Link)
{
    // The more special name first.
    private static readonly CardPeaks[] s_known =
    [
        new("H100 NVL", 60, 835, 3_900, 64),
        new("H100 PCIe", 51, 756, 2_000, 64),
        new("H100", 67, 989, 3_350, 64),
        new("H200 NVL", 60, 835, 4_800, 64),
        new("H200", 67, 989, 4_800, 64),
        new("A100-SXM4-40GB", 19.5, 312, 1_555, 32),
        new("A100-PCIE-40GB", 19.5, 312, 1_555, 32),
        new("A100 80GB PCIe", 19.5, 312, 1_935, 32),
        new("A100", 19.5, 312, 2_039, 32),
        new("RTX 4090", 82.6, 165, 1_008, 32),
    ];

    public static string KnownNames => string.Join(", ", s_known.Select(peaks => peaks.Card));

    /// <summary>The peaks of a card; null where they are not known.</summary>
    public static CardPeaks? Of(string name) =>
        s_known.FirstOrDefault(peaks => name.Contains(peaks.Card, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => FormattableString.Invariant(
        $"{Card}: {Single} TFLOP/s float32, {Tensor} TFLOP/s float16 on tensor cores, {Memory:N0} GB/s memory, {Link} GB/s to the host");
}
