namespace GnnReRank;

/// <summary>Makes a property of a method's settings one of its parameters: what it is called in papers, and what it may be.</summary>
/// <param name="symbol">The paper's name, such as "k1": it stands in lines for people, and is the parameter's alias in a shell.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MethodParameterAttribute(string symbol) : Attribute
{
    /// <summary>The paper's name.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The speaking name, where that is not the property's.</summary>
    public string? Name { get; init; }

    /// <summary>The least value of a number, allowed itself.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value of a number, allowed itself.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether it counts rows, of which there may be fewer: it is lowered then.</summary>
    public bool CountsRows { get; init; }

    /// <summary>The values of a number that are worth trying; without them, some around the default.</summary>
    public double[]? Grid { get; init; }

    /// <summary>What an automatic choice is called, for a number that is null unless given.</summary>
    public string? Unset { get; init; }
}
