using System.CommandLine;

namespace GnnReRank.Benchmarks;

/// <summary>The hidden verb "gpu-job": one job of ours on a device, in a process of its own.</summary>
internal static class GpuJobCommand
{
    public const string Name = "gpu-job";

    public static Command Create()
    {
        Command command = new(Name, "One measurement, for 'gpu'.") { Hidden = true };
        Option<DirectoryInfo> folder = new("--folder") { Required = true };
        Option<string> device = new("--device") { Required = true };
        Option<ComputePrecision> precision = new("--precision");
        Option<GnnVariant> variant = new("--variant");
        Option<int?> top = new("--top");
        Option<int> repeat = JobOptions.Repeat();
        Option<int> budget = new("--budget");
        JobOptions job = new();
        foreach (Option option in (Option[])[folder, device, precision, variant, top, repeat, budget])
        {
            command.Options.Add(option);
        }

        job.AddTo(command);
        command.SetAction(given =>
        {
            try
            {
                return new GpuJob(
                    given.GetRequiredValue(folder).FullName, job.Settings(given, given.GetValue(variant)), given.GetValue(top),
                    given.GetRequiredValue(device), given.GetValue(precision), given.GetValue(repeat),
                    TimeSpan.FromSeconds(given.GetValue(budget))).Run();
            }
            catch (Exception error)
            {
                // The last line goes into the report; a driver may fail in any way.
                Console.Error.WriteLine(error.StackTrace);
                Console.Error.WriteLine($"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
                return 1;
            }
        });
        return command;
    }
}
