using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "approximate": the approximate neighbour graph beside the exact one, in one process.</summary>
internal static class ApproximateCommand
{
    public static Command Create()
    {
        Command command = new(
            "approximate", "Time the approximate graph beside the exact one: time, recall, and what mAP loses by it.");
        Option<int> rows = new("--rows") { Description = "Made rows.", DefaultValueFactory = _ => 200_000 };
        Option<int> queries = new("--queries") { Description = "How many of them are queries, to measure mAP." };
        Option<int> dimension = new("--dimension")
        {
            Description = "Columns of made rows.", DefaultValueFactory = _ => 128,
        };
        Option<int> latent = new("--latent")
        {
            Description = "Dimensions in which made rows differ; 0 for noise alone.", DefaultValueFactory = _ => 32,
        };
        Option<string?> real = new("--real") { Description = "A file of query and gallery, in place of made rows." };
        Option<int> neighbors = new("--neighbors") { Description = "k.", DefaultValueFactory = _ => 26 };
        Option<double> recall = new("--recall")
        {
            Description = "The recall asked for.", DefaultValueFactory = _ => ApproximateSearchSettings.DefaultRecall,
        };
        Option<int> seed = new("--seed") { Description = "The seed of rows and clusters." };
        Option<bool> alone = new("--alone") { Description = "Leave the exact graph out." };
        Option<bool> always = new("--always") { Description = "Approximate even where all pairs are as cheap." };
        Option<string?> write = new("--write") { Description = "Also write the rows as this .npy file." };
        Option<int> repeat = JobOptions.Repeat();
        JobOptions job = new();
        foreach (Option option in (Option[])
            [rows, queries, dimension, latent, real, neighbors, recall, seed, alone, always, write, repeat, job.Threads])
        {
            command.Options.Add(option);
        }

        command.SetAction(given =>
        {
            (FeatureMatrix? Query, FeatureMatrix Gallery) pair = given.GetValue(real) is string file
                ? ApproximateRun.Read(file)
                : ClusteredFeatures.Pair(
                    given.GetValue(queries), given.GetValue(rows), given.GetValue(dimension), given.GetValue(latent),
                    given.GetValue(seed));
            if (given.GetValue(write) is string target)
            {
                FeatureFile.Write(target, [pair.Gallery], new FeatureWriteOptions { Overwrite = true });
            }

            return new ApproximateRun(
                pair.Query, pair.Gallery, given.GetValue(neighbors),
                new ApproximateSearchSettings { Recall = given.GetValue(recall), Seed = given.GetValue(seed) },
                given.GetValue(job.Threads)).Run(given.GetValue(repeat), given.GetValue(alone), given.GetValue(always));
        });
        return command;
    }
}
