namespace GnnReRank.Binding;

/// <summary>Files of features that a command cannot do without: it leaves them where they are, and reads no more than their shapes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FeatureFilesNeededAttribute(string whose) : NeededAttribute
{
    public override string Thing => $"the file of the {whose}, or several,";

    public override string Remedy => "name files that Import-FeatureMatrix reads";

    private protected override string? RefusalOf(object given) => given switch
    {
        string path when string.IsNullOrWhiteSpace(path) =>
            $"Found an empty text, and the path of the {whose} file is needed: {Remedy}.",
        string or FileSystemInfo => null,
        FeatureMatrix => $"Found a feature matrix, and the path of its file is needed: the machines of the cluster read the {whose} " +
            "themselves. Write it with Export-FeatureMatrix first.",
        _ => $"Found a value of type {given.GetType().Name}, and the path of a file is needed: {Remedy}.",
    };
}
