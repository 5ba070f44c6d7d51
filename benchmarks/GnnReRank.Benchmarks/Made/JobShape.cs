using System.Globalization;
using System.Text.RegularExpressions;

namespace GnnReRank.Benchmarks;

/// <summary>The size of a job.</summary>
/// <param name="Queries">n_q.</param>
/// <param name="Gallery">n_g.</param>
/// <param name="Dimension">d.</param>
/// <param name="Top">Gallery rows to keep a query; null keeps all.</param>
internal sealed partial record JobShape(int Queries, int Gallery, int Dimension, int? Top)
{
    /// <summary>The form of a shape on the command line.</summary>
    public const string Form = "QUERIES+GALLERYxDIMENSION[/TOP], such as 3368+19732x2048 or 10000+90000x512/100";

    public static JobShape Market { get; } = new(3_368, 19_732, 2_048, null);

    public int Vertices => Queries + Gallery;

    /// <summary>Reads <see cref="Form"/>.</summary>
    public static JobShape Parse(string text)
    {
        Match match = Pattern().Match(text);
        return match.Success
            ? new JobShape(Number(match, 1), Number(match, 2), Number(match, 3), match.Groups[4].Success ? Number(match, 4) : null)
            : throw new ArgumentException($"'{text}' is no shape: write {Form}.");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => FormattableString.Invariant($"{Queries}+{Gallery}x{Dimension}{(Top is null ? "" : $"/{Top}")}");

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+)\+(\d+)x(\d+)(?:/(\d+))?$")]
    private static partial Regex Pattern();
}
