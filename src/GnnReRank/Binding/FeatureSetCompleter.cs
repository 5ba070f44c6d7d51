namespace GnnReRank.Binding;

/// <summary>Completes the sets that a file can hold.</summary>
public sealed class FeatureSetCompleter() : ValueCompleter(
    ("Query", "The images to look for: query_f in a file of the re-ID baselines."),
    ("Gallery", "The images to search in: gallery_f in a file of the re-ID baselines."));
