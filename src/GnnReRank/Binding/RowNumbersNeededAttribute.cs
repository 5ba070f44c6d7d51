namespace GnnReRank.Binding;

/// <summary>Rows by their numbers that a command cannot do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RowNumbersNeededAttribute : Attribute, INeed
{
    public string Thing => "the number of a row";

    public string Remedy => "give rows by their 0-based numbers, or by -Name";

    public bool IsByName => false;
}
