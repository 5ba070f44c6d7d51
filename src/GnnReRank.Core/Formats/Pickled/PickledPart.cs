
namespace GnnReRank.Formats.Pickled;

/// <summary>What a part of a record holds.</summary>
internal enum PickledPart
{
    /// <summary>Nothing that a table has.</summary>
    Other,

    Number,
    Text,

    /// <summary>The features of one row, or a number for each row of a batch.</summary>
    Vector,

    /// <summary>A text for each row of a batch.</summary>
    Texts,

    /// <summary>The features of a batch of rows.</summary>
    Matrix,
}
