namespace GnnReRank.Binding;

/// <summary>Objects or rows of numbers that a command cannot do without; each is looked at when its turn comes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RowsNeededAttribute : Attribute, INeed
{
    public string Thing => "an object with features, or a row of numbers";

    public string Remedy => "give rows as a list of lists, or name the property of the objects with -Property";

    public bool IsByName => false;
}
