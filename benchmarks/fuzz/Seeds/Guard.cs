namespace GnnReRank.Fuzz.Seeds;

/// <summary>What of a file its format's own checksums guard.</summary>
internal enum Guard
{
    /// <summary>Nothing: a changed value is a value.</summary>
    None,

    /// <summary>Shapes and names, but not the values.</summary>
    Shape,

    /// <summary>All that a result is made of.</summary>
    All,
}
