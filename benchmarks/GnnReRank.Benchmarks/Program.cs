using System.CommandLine;
using System.Globalization;
using GnnReRank.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
RootCommand root = new("Measures GnnReRank: its kernels, its stages, and whole jobs beside other programs.")
{
    KernelsCommand.Create(), StagesCommand.Create(), DiffusionCommand.Create(), IndexCommand.Create(), PeersCommand.Create(),
    MadeCommand.Create(), EngineCommand.Create(), MeasureCommand.Create(), ApproximateCommand.Create(),
    ClusterCommand.Create(),
};
return root.Parse(args).Invoke();
