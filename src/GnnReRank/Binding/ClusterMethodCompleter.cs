namespace GnnReRank.Binding;

/// <summary>Completes a method that a cluster job can run, with a line on what it is.</summary>
public sealed class ClusterMethodCompleter() : ValueCompleter(
    [
        .. ReRankMethods.All.Where(info => info.Defaults is DiffusionSettings or GnnReRankSettings or CosineSettings)
            .Select(info => (info.Method.ToString(), $"{info.Description} ({info.Source})")),
    ]);
