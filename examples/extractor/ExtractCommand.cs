using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GnnReRank.Extractor;

/// <summary>The command line.</summary>
internal static class ExtractCommand
{
    // Those of torchvision's models, for red, green and blue.
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

    private static readonly Argument<string[]> s_folders = new("folders")
    {
        Description = "Folders of PNG, JPEG, WebP, GIF or BMP pictures, at any depth. "
            + "A picture's path within its folder is its name.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> s_list = new("--list")
    {
        Description = "A text file with the path of one picture a line, from the folder it lies in.",
    };

    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "The Parquet file to write.",
        Required = true,
    };

    private static readonly Option<bool> s_force = new("--force") { Description = "Replace that file if it is there." };

    private static readonly Option<string?> s_pattern = new("--pattern")
    {
        Description = "A regular expression on the name whose groups label and camera, one or both, are the columns of "
            + "these names: '^(?<camera>[^/]+)/(?<label>[^/]+)/' for folders, "
            + "'^(?<label>-?\\d+)_c(?<camera>\\d)' for Market-1501.",
    };

    private static readonly Option<string[]> s_cameras = Several(
        "--cameras",
        "All cameras by name, as a,b,c: the first is 0. Left out, cameras that are numbers keep them, "
            + "and names are numbered as the alphabet has them.",
        text => text);

    private static readonly Option<string?> s_model = new("--model")
    {
        Description = "An ONNX file that takes one picture. Left out, a ResNet-18 trained on ImageNet, "
            + "whose 512 features stand before its last layer.",
    };

    private static readonly Option<string?> s_outputName = new("--output-name")
    {
        Description = "The model's output to take. Left out, its first.",
    };

    private static readonly Option<string?> s_preprocess = new("--preprocess")
    {
        Description = "An ONNX file that pictures of 0 to 255 pass before the model, in place of --mean and --std.",
    };

    private static readonly Option<float[]> s_meanOption =
        Three("--mean", "Subtracted from red, green and blue of 0 to 1, where a --model is given.", s_mean);

    private static readonly Option<float[]> s_deviationOption =
        Three("--std", "What they are divided by then.", s_deviation);

    private static readonly Option<bool> s_blueFirst = new("--bgr") { Description = "The model takes blue first." };

    private static readonly Option<string?> s_size = new("--size")
    {
        Description = "Width and height, as 128x256. Left out, what the model says, else 224x224.",
    };

    private static readonly Option<PictureFit> s_fit = new("--fit")
    {
        Description = "How a picture of another shape comes to that size: stretch, crop, or pad with white.",
        DefaultValueFactory = _ => PictureFit.Stretch,
    };

    private static readonly Option<bool> s_skip = new("--skip-unreadable")
    {
        Description = "Leave out pictures that cannot be read, and say which.",
    };

    /// <summary>The command with its options.</summary>
    public static RootCommand Create()
    {
        const string purpose = "Turns pictures into features: a Parquet file that Import-FeatureMatrix reads. "
            + "Transparent pictures are laid on white.";
        RootCommand command = new(purpose)
        {
            s_folders, s_list, s_output, s_force, s_pattern, s_cameras, s_model, s_outputName, s_preprocess,
            s_meanOption, s_deviationOption, s_blueFirst, s_size, s_fit, s_skip,
        };
        command.Validators.Add(Check);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        ProgressLine progress = new();
        try
        {
            new Extraction(Options(parsed), Console.Error.WriteLine, progress).Run(cancellation);
            return 0;
        }
        catch (OperationCanceledException)
        {
            progress.Clear();
            Console.Error.WriteLine("Stopped: nothing was written.");
            return 1;
        }
        catch (Exception fault) when (fault is ExtractionException or IOException or UnauthorizedAccessException)
        {
            progress.Clear();
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static ExtractionOptions Options(ParseResult parsed) => new()
    {
        Folders = parsed.GetValue(s_folders) ?? [],
        List = parsed.GetValue(s_list),
        Output = parsed.GetRequiredValue(s_output),
        Force = parsed.GetValue(s_force),
        Pattern = parsed.GetValue(s_pattern),
        Cameras = parsed.GetValue(s_cameras) ?? [],
        Model = parsed.GetValue(s_model),
        OutputName = parsed.GetValue(s_outputName),
        Preprocess = parsed.GetValue(s_preprocess),
        Mean = parsed.GetValue(s_meanOption)!,
        Deviation = parsed.GetValue(s_deviationOption)!,
        BlueFirst = parsed.GetValue(s_blueFirst),
        Size = parsed.GetValue(s_size),
        Fit = parsed.GetValue(s_fit),
        SkipUnreadable = parsed.GetValue(s_skip),
    };

    private static void Check(CommandResult result)
    {
        bool hasFolders = result.GetValue(s_folders) is { Length: > 0 };
        bool hasList = result.GetValue(s_list) is not null;
        bool hasScale = IsGiven(s_meanOption) || IsGiven(s_deviationOption);
        string? fault = hasFolders == hasList ? "Give folders, or a list of pictures by --list."
            : hasScale && IsGiven(s_preprocess) ? "--preprocess takes the place of --mean and --std: give one."
            : hasScale && !IsGiven(s_model) ? "--mean and --std are for a --model of yours: the ResNet-18 has its own."
            : IsGiven(s_cameras) && !IsGiven(s_pattern) ? "--cameras needs a --pattern with the group camera."
            : null;
        if (fault is not null)
        {
            result.AddError(fault);
        }

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }

    private static Option<float[]> Three(string name, string description, float[] usual)
    {
        Option<float[]> option = Several(name, description, text => float.Parse(text, CultureInfo.InvariantCulture));
        option.DefaultValueFactory = _ => usual;
        option.Validators.Add(result =>
        {
            bool isRight = result.GetValueOrDefault<float[]>() is { Length: 3 } values
                && (name == "--mean" || values.All(value => value > 0));
            if (result.Tokens.Count > 0 && !isRight)
            {
                string range = name == "--mean" ? "" : " above 0";
                result.AddError($"{name} takes three numbers{range}, as {string.Join(',', usual)}.");
            }
        });
        return option;
    }

    private static Option<T[]> Several<T>(string name, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            try
            {
                IEnumerable<string> parts = result.Tokens.SelectMany(token => token.Value.Split(','));
                return [.. parts.Select(part => parse(part.Trim()))];
            }
            catch (FormatException)
            {
                result.AddError($"{name} takes numbers with commas between them.");
                return null;
            }
        },
    };
}
