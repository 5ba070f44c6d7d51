namespace GnnReRank.Formats.Pickle;

/// <summary>A name from the allow-list.</summary>
/// <param name="Name">The module and the name in it: "numpy.core.multiarray._reconstruct".</param>
/// <param name="Callable">What it stands for.</param>
internal sealed record PickleGlobal(string Name, PickleCallable Callable);
