using System.CommandLine;
using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>The options of made features.</summary>
internal sealed class MadeOptions
{
    private static readonly MadeSettings s_default = new();

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the made features.", DefaultValueFactory = _ => s_default.Seed };

    private readonly Option<int?> _identities = new("--identities") { Description = "Number of identities, in place of --images-each." };

    private readonly Option<int> _imagesEach =
        new("--images-each") { Description = "Gallery images of an identity.", DefaultValueFactory = _ => s_default.ImagesEach };

    private readonly Option<float> _spread =
        new("--spread") { Description = "How far identities lie apart.", DefaultValueFactory = _ => s_default.Spread };

    private readonly Option<float> _within =
        new("--within") { Description = "How far images of one identity lie apart.", DefaultValueFactory = _ => s_default.Within };

    private readonly Option<double> _distractors = new("--distractors")
    {
        Description = "Part of the gallery that shows no identity, 0 to 1.", DefaultValueFactory = _ => s_default.DistractorShare,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_seed, _identities, _imagesEach, _spread, _within, _distractors])
        {
            command.Options.Add(option);
        }
    }

    public MadeSettings Of(ParseResult given) => new()
    {
        Seed = given.GetValue(_seed),
        Identities = given.GetValue(_identities),
        ImagesEach = given.GetValue(_imagesEach),
        Spread = given.GetValue(_spread),
        Within = given.GetValue(_within),
        DistractorShare = given.GetValue(_distractors),
    };

    /// <summary>The same settings for another process's command line.</summary>
    public static IEnumerable<string> Arguments(MadeSettings settings)
    {
        List<string> arguments =
        [
            "--seed", Text(settings.Seed), "--images-each", Text(settings.ImagesEach), "--spread", Text(settings.Spread),
            "--within", Text(settings.Within), "--distractors", Text(settings.DistractorShare),
        ];
        return settings.Identities is int identities ? [.. arguments, "--identities", Text(identities)] : arguments;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
