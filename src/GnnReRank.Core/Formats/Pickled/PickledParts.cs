using System.Numerics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>What the parts of records hold, and the plain numbers and texts in them.</summary>
internal sealed class PickledParts(PickledData data, PickledRows rows)
{
    /// <summary>What a value is as a part of a record.</summary>
    /// <exception cref="GnnReRankException">More was looked at than the file holds.</exception>
    public PickledPart Of(object? value) => value switch
    {
        bool or long or double or BigInteger => PickledPart.Number,
        string or byte[] => PickledPart.Text,
        PickledArray { Type: not null } array => OfShape(array.Shape),
        PickledArray { Objects: null } texts => ArrayShape.ElementCount(texts.Shape) == 1 ? PickledPart.Text : PickledPart.Texts,
        TorchTensor tensor => OfShape(tensor.Shape),
        IReadOnlyList<object?> { Count: > 0 } list when rows.IsVector(list) => list.Count == 1 ? PickledPart.Number : PickledPart.Vector,
        IReadOnlyList<object?> { Count: > 0 } list when list.All(item => item is string) => PickledPart.Texts,
        IReadOnlyList<object?> { Count: > 0 } list when rows.AreVectors(list) => PickledPart.Matrix,
        _ => PickledPart.Other,
    };

    /// <summary>The plain number or text of a value that holds one; any other value itself.</summary>
    /// <exception cref="GnnReRankException">It cannot be read.</exception>
    public object? Single(object? value) => value switch
    {
        PickledArray { Count: 1 } array => array.Elements(data.Cancellation)[0],
        TorchTensor tensor when ArrayShape.ElementCount(tensor.Shape) == 1 => Numbers(tensor)[0],
        IReadOnlyList<object?> { Count: 1 } list => list[0],
        _ => value,
    };

    /// <summary>The plain numbers or texts of a batch.</summary>
    /// <exception cref="GnnReRankException">They cannot be read, or are more than the file holds.</exception>
    public IReadOnlyList<object?> Many(object? value)
    {
        switch (value)
        {
            case PickledArray array:
                rows.Charge(array.Count);
                return array.Elements(data.Cancellation);
            case TorchTensor tensor:
                rows.Charge(ArrayShape.ElementCount(tensor.Shape));
                return Numbers(tensor);
            case IReadOnlyList<object?> list:
                rows.Charge(list.Count);
                return list;
            default:
                return [value];
        }
    }

    private PickledPart OfShape(IReadOnlyList<long> shape) => shape switch
    {
        [] or [1] => PickledPart.Number,
        [_] or [1, _] => PickledPart.Vector,
        [_, _] => PickledPart.Matrix,
        _ => PickledPart.Other,
    };

    private List<object?> Numbers(TorchTensor tensor)
    {
        byte[] bytes = TorchArrays.Elements(tensor, data.Path);
        ArrayElementType type = TorchArrays.TypeOf(tensor);
        ElementConversion.ToNativeOrder(bytes, type);
        int count = bytes.Length / type.Size;
        if (type.Kind == ElementKind.FloatingPoint)
        {
            double[] numbers = new double[count];
            ElementConversion.ToDoubles(bytes, type, numbers);
            return [.. numbers.Select(number => (object)number)];
        }

        long[] wholes = new long[count];
        try
        {
            ElementConversion.ToIntegers(bytes, type, wholes);
        }
        catch (NotWholeException exception)
        {
            throw FormatErrors.Unsupported(data.Path, $"a tensor in a record holds {exception.Message}.");
        }

        return [.. wholes.Select(whole => (object)whole)];
    }
}
