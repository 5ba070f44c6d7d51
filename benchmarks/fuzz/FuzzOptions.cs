using System.Globalization;

namespace GnnReRank.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        """
        --seed N       the run's seed, 1 unless given: the same seed and number give the same input
        --first N      the number of the first input, 0 unless given
        --count N      inputs, 10000 unless given
        --minutes M    ends the run earlier
        --format X     seeds whose format or name begins with X; all unless given
        --large N      every N-th input is made of a large seed, 200 unless given; 0 takes none
        --limit S      seconds a small input may take, 5 unless given
        --save FOLDER  where inputs with findings go, output/fuzz unless given
        --module PATH  the module's manifest, this repository's unless given
        --replay X     judges the inputs saved in the folders in X once more
        --worst        the worst shapes at four sizes instead; with --format X those whose format and name begin with X
        --scale F      with --worst: sizes begin F times as large
        --skip-after S with --worst: larger sizes of a shape are skipped once one took S seconds, 60 unless given
        """;

    public ulong Seed { get; private init; } = 1;

    public long First { get; private init; }

    public long Count { get; private init; } = 10_000;

    public double Minutes { get; private init; } = double.PositiveInfinity;

    public string Format { get; private init; } = string.Empty;

    public int Large { get; private init; } = 200;

    public double Limit { get; private init; } = 5;

    public double Scale { get; private init; } = 1;

    public double SkipAfter { get; private init; } = 60;

    public string Save { get; private init; } = Path.Combine(Repository.Root, "output", "fuzz");

    public string Module { get; private init; } = Path.Combine(Repository.Root, "GnnReRank.psd1");

    public bool Worst { get; private init; }

    public string? Replay { get; private init; }

    /// <summary>The file in which a child writes how far it came; set by the supervisor alone.</summary>
    public string? Child { get; private init; }

    public static FuzzOptions? Parse(string[] arguments)
    {
        FuzzOptions options = new();
        for (int at = 0; at < arguments.Length; at++)
        {
            string name = arguments[at];
            if (name == "--worst")
            {
                options = options with { Worst = true };
                continue;
            }

            if (++at >= arguments.Length || With(options, name, arguments[at]) is not FuzzOptions next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    private static FuzzOptions? With(FuzzOptions options, string name, string text)
    {
        double number = double.TryParse(text, CultureInfo.InvariantCulture, out double parsed) ? parsed : 0;
        return name switch
        {
            "--seed" => options with { Seed = (ulong)number },
            "--first" => options with { First = (long)number },
            "--count" => options with { Count = (long)number },
            "--minutes" => options with { Minutes = number },
            "--format" => options with { Format = text },
            "--large" => options with { Large = (int)number },
            "--limit" => options with { Limit = number },
            "--scale" => options with { Scale = number },
            "--skip-after" => options with { SkipAfter = number },
            "--save" => options with { Save = Path.GetFullPath(text) },
            "--module" => options with { Module = Path.GetFullPath(text) },
            "--replay" => options with { Replay = Path.GetFullPath(text) },
            "--child" => options with { Child = text },
            _ => null,
        };
    }
}
