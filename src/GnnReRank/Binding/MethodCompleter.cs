namespace GnnReRank.Binding;

/// <summary>Completes a method with a line on what it is.</summary>
public sealed class MethodCompleter() : ValueCompleter(
    [.. ReRankMethods.All.Select(info => (info.Method.ToString(), $"{info.Description} ({info.Source})"))]);
