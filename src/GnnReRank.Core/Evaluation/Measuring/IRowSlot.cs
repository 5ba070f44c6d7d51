namespace GnnReRank.Evaluation.Measuring;

/// <summary>How a gallery row becomes a place in a table that is never left, whatever the row.</summary>
internal interface IRowSlot
{
    static abstract nuint Of(int row, uint mask);
}
