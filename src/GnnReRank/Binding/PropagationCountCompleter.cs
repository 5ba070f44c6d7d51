namespace GnnReRank.Binding;

/// <summary>Completes k2 with published settings.</summary>
public sealed class PropagationCountCompleter() : ValueCompleter(
    ("7", "Market-1501: the paper's k2; 5 to 10 give nearly the same."),
    ("10", "VeRi-776: the paper's k2; 10 to 15 give nearly the same."));
