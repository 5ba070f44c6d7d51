namespace GnnReRank.Binding;

/// <summary>How New-NeighborGraph finds neighbours.</summary>
public enum GraphMethod
{
    /// <summary>Exactly, with a warning before a graph that takes more than about a minute.</summary>
    Auto,

    /// <summary>Exactly, however long it takes.</summary>
    Exact,

    /// <summary>From clusters of rows, with the recall asked for.</summary>
    Approximate,
}
