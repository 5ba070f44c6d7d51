using System.Numerics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>What a pickled value is, for messages.</summary>
internal static class PickledKind
{
    private const int MostShown = 6;

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

    /// <summary>What a value is, and what the first items in it are.</summary>
    public static string Described(object? value) => value switch
    {
        IReadOnlyList<object?> { Count: > 0 and <= MostShown } parts => $"{Of(value)} ({string.Join(", ", parts.Select(Of))})",
        IReadOnlyList<object?> { Count: > 0 } list => $"{Of(value)}, the first {Inner(list[0])}",
        PickledArray { Objects: { Count: > 0 } objects } => $"{Of(value)}, the first {Inner(objects[0])}",
        Dictionary<object, object?> { Count: > 0 } dictionary =>
            $"{Of(value)} ({string.Join(", ", dictionary.Take(MostShown).Select(pair => $"'{PickleSite.Shown(pair.Key as string ?? Of(pair.Key))}': {Of(pair.Value)}"))}{(dictionary.Count > MostShown ? ", ..." : string.Empty)})",
        _ => Of(value),
    };

    private static string Inner(object? value) => value is IReadOnlyList<object?> { Count: > MostShown } ? Of(value) : Described(value);
}
