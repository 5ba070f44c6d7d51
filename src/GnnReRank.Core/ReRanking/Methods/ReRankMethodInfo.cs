namespace GnnReRank;

/// <summary>What a person needs to know of a method to choose it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Description">What it does, in a line.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Defaults">The settings of its authors, or ours where it is ours.</param>
public sealed record ReRankMethodInfo(ReRankMethod Method, string Description, string Source, MethodSettings Defaults)
{
    /// <summary>The settings where nothing is given: those of <see cref="Defaults"/>, unless the method has a rule of its own.</summary>
    public MethodSettings Unset { get; init; } = Defaults;

    /// <summary>Settings that make more of the rows' cameras, where these are known.</summary>
    public IReadOnlyList<MethodSettings> WithCameras { get; init; } = PublicList.Of<MethodSettings>([]);

    /// <summary>The parameters.</summary>
    public IReadOnlyList<MethodParameter> Parameters => Defaults.Parameters;

    /// <summary>Whether an index serves it: one that answers queries one at a time.</summary>
    public bool HasIndex { get; init; }

    /// <summary>Whether it needs the camera of every row.</summary>
    public bool UsesCameras => Defaults.UsesCameras;

    /// <summary>A line for people.</summary>
    public override string ToString() => $"{Method}: {Description}";
}
