namespace GnnReRank.Binding;

/// <summary>Completes a method that an index serves, with a line on what it is.</summary>
public sealed class IndexMethodCompleter() : ValueCompleter(
    [
        .. ReRankMethods.All.Where(info => info.HasIndex)
            .Select(info => (info.Method.ToString(), $"{info.Description} ({info.Source})")),
    ]);
