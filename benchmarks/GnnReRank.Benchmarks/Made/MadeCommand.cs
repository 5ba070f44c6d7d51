using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "made": writes made features as query.npy and gallery.npy.</summary>
internal static class MadeCommand
{
    public static Command Create()
    {
        Command command = new("made", "Write made features as query.npy and gallery.npy (float32).");
        Argument<DirectoryInfo> folder = new("folder") { Description = "Where to write them." };
        Option<JobShape> shape = JobOptions.Shape();
        MadeOptions made = new();
        command.Arguments.Add(folder);
        command.Options.Add(shape);
        made.AddTo(command);
        command.SetAction(given => Write(given.GetRequiredValue(folder), given.GetRequiredValue(shape), made.Of(given)));
        return command;
    }

    private static int Write(DirectoryInfo folder, JobShape shape, MadeSettings settings)
    {
        folder.Create();
        MadeFeatures made = new(shape, settings);
        FeatureWriteOptions options = new() { Overwrite = true };
        foreach ((string name, FeatureMatrix matrix) in ((string, FeatureMatrix)[])[("query.npy", made.Query()), ("gallery.npy", made.Gallery())])
        {
            FeatureFile.Write(Path.Combine(folder.FullName, name), [matrix], options);
            Console.WriteLine($"{name}: {matrix}");
        }

        return 0;
    }
}
