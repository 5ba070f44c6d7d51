namespace GnnReRank.Formats.Tensors;

/// <summary>A tensor: a view of a storage. It lies within what the storage claims.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Element">The type of the elements.</param>
/// <param name="Offset">The element of the storage where the tensor starts.</param>
/// <param name="Shape">The extents, outermost first.</param>
/// <param name="Strides">Elements from one to the next, for each extent.</param>
internal sealed record TorchTensor(TorchStorage Storage, TorchElement Element, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether the elements lie one after the other, row after row.</summary>
    public bool IsContiguous => Follows(Enumerable.Range(0, Shape.Length).Reverse());

    /// <summary>Whether the elements lie one after the other, column after column.</summary>
    public bool IsColumnMajor => Shape.Length == 2 && Follows([0, 1]);

    private bool Follows(IEnumerable<int> innermostFirst)
    {
        long step = 1;
        foreach (int dimension in innermostFirst)
        {
            if (Shape[dimension] != 1 && Strides[dimension] != step)
            {
                return false;
            }

            step *= Shape[dimension];
        }

        return true;
    }
}
