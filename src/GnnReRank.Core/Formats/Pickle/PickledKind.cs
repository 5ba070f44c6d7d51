using System.Numerics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Pickle;

/// <summary>What a pickled value is, for messages.</summary>
internal static class PickledKind
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool or long or BigInteger or double => "a number",
        string => "a string",
        byte[] => "bytes",
        List<object?> list => $"a list of {list.Count:N0} items",
        object?[] tuple => $"a tuple of {tuple.Length:N0} items",
        Dictionary<object, object?> dictionary => $"a dict of {dictionary.Count:N0} items",
        HashSet<object> set => $"a set of {set.Count:N0} items",
        PickledArray array => $"an array {ArrayShape.Text(array.Shape)} of type '{array.Descriptor}'",
        TorchTensor tensor => $"a tensor {ArrayShape.Text(tensor.Shape)}",
        TorchStorage => "a tensor storage",
        _ => "a type",
    };
}
