namespace GnnReRank.Binding;

/// <summary>A cluster job, or its directory, that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ClusterJobNeededAttribute : NeededAttribute
{
    public override string Thing => "a cluster job, or the path of its directory,";

    public override string Remedy => "plan one with New-ReRankClusterJob";

    // The command itself says what else was found: an error of one input, after which the others go on.
    private protected override string? RefusalOf(object given) => null;
}
