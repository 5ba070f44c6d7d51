namespace GnnReRank.Binding;

/// <summary>A transform of features that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformNeededAttribute : NeededAttribute
{
    public override string Thing => "a feature transform";

    public override string Remedy => "make one with New-FeatureTransform, or read one with Import-FeatureTransform";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path => $"Found the text '{path}', and a feature transform is needed: read the file with " +
            "Import-FeatureTransform first.",
        FeatureTransform => null,
        _ => $"Found a value of type {given.GetType().Name}, and a feature transform is needed: {Remedy}.",
    };
}
