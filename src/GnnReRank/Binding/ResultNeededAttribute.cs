namespace GnnReRank.Binding;

/// <summary>A result, or a ranking to measure, that a command cannot do without. Of other kinds the command speaks itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResultNeededAttribute : NeededAttribute
{
    public override string Thing => "a result to compare";

    public override string Remedy => "make one with Measure-RetrievalAccuracy, or give a ranking";

    private protected override string? RefusalOf(object given) => null;
}
