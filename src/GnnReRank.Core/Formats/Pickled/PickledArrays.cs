using System.Text;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>What was pickled as named arrays: those of a dictionary, or one table under the usual names.</summary>
internal sealed class PickledArrays : IArrayFile
{
    private readonly PickledData _data;
    private readonly string _format;
    private readonly IReadOnlyDictionary<string, object?> _members;

    private PickledArrays(PickledData data, string format, IReadOnlyDictionary<string, object?> members)
    {
        _data = data;
        _format = format;
        _members = members;
    }

    public string Path => _data.Path;

    public IReadOnlyList<string> Names => [.. _members.Keys];

    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <exception cref="GnnReRankException">The file is damaged, asks for more than data, or holds no table.</exception>
    public static PickledArrays Open(string path, string format, FeatureReadOptions options) =>
        Of(PickleContent.Open(path, options.Compute.CancellationToken), format, options);

    /// <summary>The arrays of what was pickled.</summary>
    /// <param name="data">It is disposed of together with them.</param>
    /// <param name="format">The file's format, for messages.</param>
    /// <param name="options">What to take from it.</param>
    /// <exception cref="GnnReRankException">It holds no table.</exception>
    public static PickledArrays Of(PickledData data, string format, FeatureReadOptions options)
    {
        try
        {
            PickledData opened = data with { TakesMissing = options.SkipInvalid, Cancellation = options.Compute.CancellationToken };
            PickledMembers members = new(opened, options);
            return new PickledArrays(opened, format, members.Find()) { Warnings = members.Warnings };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>One value as the only array, under a name that may be empty.</summary>
    public static PickledArrays Single(PickledData data, string format, string name) => new(data, format, new Dictionary<string, object?> { [name] = data.Root });

    public NumericArray Numbers(string name) => PickledArray.Unwrapped(_members[name]) switch
    {
        PickledArray { Type: not null } array => InMemory(name, array.Shape, array.Type.Value, array.Bytes, array.IsFortran),
        TorchTensor tensor => TorchArrays.Numbers(tensor, Path, _format, name),
        IReadOnlyList<object?> list => Listed(name, list),
        _ => throw NoNumbers(name, _members[name]),
    };

    public TextArray Text(string name) => _members[name] switch
    {
        PickledArray { Type: null, Objects: null } array => new TextArray
        {
            Shape = array.Shape,
            Read = cancellation => Texts(name, array.Elements(cancellation)),
        },
        PickledArray { Objects: [string or byte[], ..] objects } array => new TextArray { Shape = array.Shape, Read = _ => Texts(name, objects) },
        IReadOnlyList<object?> { Count: > 0 } list when list.FirstOrDefault(item => item is not null) is string or byte[] =>
            new TextArray { Shape = [list.Count], Read = _ => Texts(name, list) },
        _ => throw FormatErrors.Unsupported(Path, $"{Subject(name)} is {PickledKind.Described(_members[name])}, and strings are needed."),
    };

    public void Dispose() => _data.Dispose();

    private NumericArray Listed(string name, IReadOnlyList<object?> list)
    {
        PickledRows rows = new(_data);
        list = Unwrapped(list);
        if (rows.IsVector(list))
        {
            (ArrayElementType type, byte[] bytes) = rows.Numbers(list);
            return InMemory(name, [list.Count], type, bytes, isFortran: false);
        }

        (long[] shape, ArrayElementType element, byte[] joined) = rows.AreVectors(list) ? rows.Join(list)
            : new PickledRows(_data).AreBatches(list) ? rows.JoinBatches(list)
            : throw NoNumbers(name, list);
        return InMemory(name, shape, element, joined, isFortran: false);
    }

    private static IReadOnlyList<object?> Unwrapped(IReadOnlyList<object?> list) =>
        list.Any(item => item is PickledArray { Objects: not null }) ? [.. list.Select(PickledArray.Unwrapped)] : list;

    private NumericArray InMemory(string name, IReadOnlyList<long> shape, ArrayElementType type, byte[] bytes, bool isFortran) => new()
    {
        Path = Path,
        Format = _format,
        Name = name,
        Shape = shape,
        Type = type,
        IsColumnMajor = isFortran,
        Open = () => new MemoryStream(bytes, writable: false),
    };

    private string[] Texts(string name, IReadOnlyList<object?> values)
    {
        string[] texts = new string[values.Count];
        for (int row = 0; row < texts.Length; row++)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            texts[row] = values[row] switch
            {
                string text => text,
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                _ => throw FormatErrors.Unsupported(
                    Path, $"row {row} (0-based) of {Subject(name)} is {PickledKind.Described(values[row])}, and strings are needed."),
            };
        }

        return texts;
    }

    private static string Subject(string name) => name.Length == 0 ? "the array" : $"'{PickleSite.Shown(name)}'";

    private GnnReRankException NoNumbers(string name, object? found) => FormatErrors.Unsupported(
        Path, $"{Subject(name)} is {PickledKind.Described(found)}{Odd(found)}, and real numbers are needed: an array, a tensor, a list of numbers, a list of vectors of one length, or a list of batches of them.");

    // The item that spoils a list is more than its first ones say.
    private static string Odd(object? found)
    {
        if (found is not IReadOnlyList<object?> { Count: > 0 } list)
        {
            return string.Empty;
        }

        Type? kind = list[0]?.GetType();
        int odd = Enumerable.Range(0, list.Count).FirstOrDefault(row => list[row] is null || (list[row]!.GetType() != kind && list[row] is string or byte[] or PickledArray or TorchTensor), defaultValue: -1);
        return odd < 0 ? string.Empty
            : $"; item {odd} (0-based) is {PickledKind.Described(list[odd])}{(list[odd] is null ? ", which only features may be, under -SkipInvalid" : string.Empty)}";
    }
}
