using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickle;

/// <summary>Tensors as the functions of torch._utils take them apart; the gradients' hooks are left out.</summary>
internal static class TorchCalls
{
    private const int MostDimensions = 64;

    /// <summary>A tensor, or null where the arguments are not those PyTorch writes.</summary>
    /// <exception cref="GnnReRankException">The tensor reaches beyond its storage.</exception>
    public static TorchTensor? Make(PickleCallable callable, object?[] arguments, PickleSite site) => (callable, arguments) switch
    {
        (PickleCallable.TorchParameter, [TorchTensor data, bool or long, _]) => data,
        (PickleCallable.TorchTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
            View(storage, storage.Element, storage.Count, offset, shape, strides, site),
        (PickleCallable.TorchTensorOfType,
            [TorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, PickleGlobal { Callable: PickleCallable.TorchElementType } type, ..]) =>
            OfType(storage, TorchElement.Of(type.Name), offset, shape, strides, site),
        _ => null,
    };

    private static TorchTensor OfType(
        TorchStorage bytes, TorchElement element, long offset, object?[] shape, object?[] strides, PickleSite site) =>
        View(bytes, element, bytes.Count * bytes.Element.Size / element.Size, offset, shape, strides, site);

    private static TorchTensor View(
        TorchStorage storage, TorchElement element, long count, long offset, object?[] shape, object?[] strides, PickleSite site)
    {
        long[] extents = Numbers(shape, site);
        long[] steps = Numbers(strides, site);
        if (extents.Length != steps.Length)
        {
            throw site.Corrupt($"a tensor has {extents.Length} extents and {steps.Length} strides.");
        }

        if (offset < 0 || offset > count || LastElement(offset, extents, steps) >= count)
        {
            throw site.Corrupt($"a tensor {ArrayShape.Text(extents)} reaches beyond its storage of {count:N0} elements.");
        }

        return new TorchTensor(storage, element, offset, extents, steps);
    }

    /// <summary>The highest element of the storage that the tensor uses; -1 where it has none.</summary>
    private static Int128 LastElement(long offset, long[] extents, long[] strides)
    {
        if (extents.Contains(0))
        {
            return -1;
        }

        // One product fits 128 bits, and a sum of many need not: past 64 bits it is too large whatever follows.
        Int128 last = offset;
        for (int dimension = 0; dimension < extents.Length && last <= long.MaxValue; dimension++)
        {
            last += (Int128)(extents[dimension] - 1) * strides[dimension];
        }

        return last;
    }

    private static long[] Numbers(object?[] tuple, PickleSite site) =>
        tuple.Length <= MostDimensions && Array.TrueForAll(tuple, number => number is long and >= 0)
            ? Array.ConvertAll(tuple, number => (long)number!)
            : throw site.Corrupt("the extents or strides of a tensor are no tuple of at most 64 numbers from 0 on.");
}
