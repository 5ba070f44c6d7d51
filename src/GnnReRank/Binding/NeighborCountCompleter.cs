namespace GnnReRank.Binding;

/// <summary>Completes k1 with published settings.</summary>
public sealed class NeighborCountCompleter() : ValueCompleter(
    ("26", "Market-1501: the paper's k1; 20 to 40 give nearly the same."),
    ("60", "VeRi-776: the paper's k1; 50 to 70 give nearly the same."));
