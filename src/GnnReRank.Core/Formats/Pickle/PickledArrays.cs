using System.Text;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Pickle;

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

    /// <exception cref="GnnReRankException">The file is damaged, asks for more than data, or holds no table.</exception>
    public static PickledArrays Open(string path, string format, FeatureReadOptions options)
    {
        PickledData data = PickleContent.Open(path, options.Compute.CancellationToken) with { TakesMissing = options.SkipInvalid };
        try
        {
            return new PickledArrays(data, format, new PickledMembers(data).Find());
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public NumericArray Numbers(string name) => _members[name] switch
    {
        PickledArray { Type: not null } array => InMemory(name, array.Shape, array.Type.Value, array.Bytes, array.IsFortran),
        PickledArray { Objects: not null, Shape.Count: 1 } array => Listed(name, array.Objects),
        TorchTensor tensor => TorchArrays.Numbers(tensor, Path, _format, name),
        List<object?> list => Listed(name, list),
        object?[] tuple => Listed(name, tuple),
        _ => throw NoNumbers(name, _members[name]),
    };

    public TextArray Text(string name) => _members[name] switch
    {
        PickledArray { Type: null } array => new TextArray
        {
            Shape = array.Shape,
            Read = cancellation => Texts(name, array.Elements(cancellation)),
        },
        IReadOnlyList<object?> list => new TextArray { Shape = [list.Count], Read = _ => Texts(name, list) },
        _ => throw FormatErrors.Unsupported(Path, $"'{PickleSite.Shown(name)}' is {PickledKind.Of(_members[name])}, and strings are needed."),
    };

    public void Dispose() => _data.Dispose();

    private NumericArray Listed(string name, IReadOnlyList<object?> list)
    {
        PickledRows rows = new(_data);
        if (rows.IsVector(list))
        {
            (ArrayElementType type, byte[] bytes) = rows.Numbers(list);
            return InMemory(name, [list.Count], type, bytes, isFortran: false);
        }

        if (!rows.AreVectors(list))
        {
            throw NoNumbers(name, list);
        }

        (long[] shape, ArrayElementType element, byte[] joined) = rows.Join(list);
        return InMemory(name, shape, element, joined, isFortran: false);
    }

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
            texts[row] = values[row] switch
            {
                string text => text,
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                _ => throw FormatErrors.Unsupported(
                    Path, $"row {row} (0-based) of '{PickleSite.Shown(name)}' is {PickledKind.Of(values[row])}, and names are strings."),
            };
        }

        return texts;
    }

    private GnnReRankException NoNumbers(string name, object? found) => FormatErrors.Unsupported(
        Path, $"'{PickleSite.Shown(name)}' is {PickledKind.Of(found)}, and real numbers are needed: an array, a tensor, a list of numbers, or a list of vectors of one length.");
}
