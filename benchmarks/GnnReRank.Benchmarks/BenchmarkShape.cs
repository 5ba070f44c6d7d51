using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>The size of a made job, and how often to run it.</summary>
internal sealed record BenchmarkShape
{
    public int Queries { get; init; } = 3_368;

    public int Gallery { get; init; } = 19_732;

    public int Dimension { get; init; } = 2_048;

    public int K1 { get; init; } = 26;

    public int K2 { get; init; } = 7;

    public int? Top { get; init; }

    public GnnVariant Variant { get; init; } = GnnVariant.Paper;

    public int Threads { get; init; }

    public int Repeat { get; init; } = 5;

    /// <summary>Reads "--name value" pairs; the names are the properties'.</summary>
    public static BenchmarkShape Parse(string[] arguments)
    {
        BenchmarkShape shape = new();
        for (int position = 0; position < arguments.Length; position += 2)
        {
            string value = position + 1 < arguments.Length
                ? arguments[position + 1]
                : throw new ArgumentException($"{arguments[position]} needs a value.");
            shape = arguments[position].ToLowerInvariant() switch
            {
                "--queries" => shape with { Queries = Number(value) },
                "--gallery" => shape with { Gallery = Number(value) },
                "--dimension" => shape with { Dimension = Number(value) },
                "--k1" => shape with { K1 = Number(value) },
                "--k2" => shape with { K2 = Number(value) },
                "--top" => shape with { Top = Number(value) },
                "--variant" => shape with { Variant = Enum.Parse<GnnVariant>(value, ignoreCase: true) },
                "--threads" => shape with { Threads = Number(value) },
                "--repeat" => shape with { Repeat = Number(value) },
                _ => throw new ArgumentException($"{arguments[position]} is no option of this program."),
            };
        }

        return shape;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
