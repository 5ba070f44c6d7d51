using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "measure": the evaluation of full rankings beside one reading of their indices.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        Command command = new("measure", "Time the evaluation of full rankings beside reading their indices once, with the same threads.");
        Option<int> queries = new("--queries") { Description = "Queries.", DefaultValueFactory = _ => JobShape.Market.Queries };
        Option<int> gallery = new("--gallery") { Description = "Gallery rows.", DefaultValueFactory = _ => JobShape.Market.Gallery };
        Option<int> threads = new("--threads") { Description = "Threads of everything timed.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<int> repeat = new("--repeat") { Description = "Runs; medians are shown.", DefaultValueFactory = _ => 21 };
        foreach (Option option in (Option[])[queries, gallery, threads, repeat])
        {
            command.Options.Add(option);
        }

        command.SetAction(given => new MeasureRun(
            given.GetValue(queries), given.GetValue(gallery), given.GetValue(threads), given.GetValue(repeat)).Run());
        return command;
    }
}
