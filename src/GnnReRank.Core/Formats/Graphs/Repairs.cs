namespace GnnReRank.Formats.Graphs;

/// <summary>What may be wrong with a neighbour list, and still be put right.</summary>
[Flags]
internal enum Repairs
{
    None = 0,

    /// <summary>It holds nothing.</summary>
    Empty = 1,

    /// <summary>It does not hold its own row.</summary>
    LacksOwn = 2,

    /// <summary>It names a row twice.</summary>
    Twice = 4,

    /// <summary>Its scores do not run one way.</summary>
    Disordered = 8,

    /// <summary>It ends before the others, not in the form in which this module writes such lists.</summary>
    Short = 16,
}
