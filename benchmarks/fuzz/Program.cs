using GnnReRank.Fuzz.Running;
using GnnReRank.Fuzz.Worst;

namespace GnnReRank.Fuzz;

/// <summary>Runs damaged files, or files made to be slow, through the module's commands.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (FuzzOptions.Parse(arguments) is not FuzzOptions options)
        {
            Console.Error.WriteLine(FuzzOptions.Usage);
            return 2;
        }

        return options.Worst ? WorstRun.Run(options)
            : options.Replay is not null ? Worker.Replay(options)
            : options.Child is not null ? Worker.Run(options)
            : Supervisor.Run(options, arguments);
    }
}
