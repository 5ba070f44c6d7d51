using System.Numerics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// Lists of records as columns: one record a row, as (features, label, camera), [path, vector] or a dictionary of them, or one a batch of
/// rows. The first record says what the parts are, and the others must be alike.
/// </summary>
internal sealed class PickledRecords
{
    private const string Features = "features";
    private const string Names = "names";

    private readonly PickledData _data;
    private readonly PickledRows _rows;
    private readonly CancellationToken _cancellation;

    public PickledRecords(PickledData data, PickledRows rows, CancellationToken cancellation)
    {
        _data = data;
        _rows = rows;
        _cancellation = cancellation;
    }

    /// <summary>The columns of a list of records, by name.</summary>
    /// <param name="records">The list.</param>
    /// <param name="mayBeBatches">Whether a record may hold a batch of rows.</param>
    /// <returns>The columns; null where these are no records of features.</returns>
    /// <exception cref="GnnReRankException">One is unlike the first.</exception>
    public Dictionary<string, object?>? Columns(IReadOnlyList<object?> records, bool mayBeBatches)
    {
        if (records.Count == 0 || PickledRecord.Keys(records[0]) is not { } keys || (!mayBeBatches && !records.All(record => PickledRecord.IsLike(record, keys))))
        {
            return null;
        }

        (object Key, PickledPart Part)[] parts = [.. keys.Select(key => (key, PartOf(PickledRecord.Part(records[0], key))))];
        bool isBatch = parts.Any(part => part.Part == PickledPart.Matrix);
        if ((isBatch && !mayBeBatches) || FeatureKey(parts, isBatch ? PickledPart.Matrix : PickledPart.Vector) is not object features)
        {
            return null;
        }

        if (isBatch && !PickledRows.AreBatchSizes([.. records.Select(record => PickledRows.RowsOf(PickledRecord.Part(record, features)))]))
        {
            return null;
        }

        Dictionary<string, object?> columns = [];
        foreach ((object key, string name) in Named(parts, features, isBatch))
        {
            PickledPart part = parts.First(each => each.Key.Equals(key)).Part;
            columns.TryAdd(name, isBatch ? Batches(records, keys, key, part) : Rows(records, keys, key, part));
        }

        return columns;
    }

    // Where several parts could be the features, the name decides.
    private static object? FeatureKey((object Key, PickledPart Part)[] parts, PickledPart wanted)
    {
        object[] found = [.. parts.Where(part => part.Part == wanted).Select(part => part.Key)];
        return found.Length == 1 ? found[0] : found.FirstOrDefault(key => key is string name && IsUsual(UsualNames.Features, name));
    }

    private static List<(object Key, string Name)> Named((object Key, PickledPart Part)[] parts, object features, bool isBatch)
    {
        List<(object Key, string Name)> named = [(features, Features)];
        Queue<string> numbers = new(["labels", "cameras"]);
        (object Key, PickledPart Part)[] texts = [.. parts.Where(part => part.Part == (isBatch ? PickledPart.Texts : PickledPart.Text))];
        foreach ((object key, PickledPart part) in parts.Where(part => !part.Key.Equals(features)))
        {
            bool isNumber = part == (isBatch ? PickledPart.Vector : PickledPart.Number);
            bool isText = part == (isBatch ? PickledPart.Texts : PickledPart.Text);
            if (isText && IsName(key, texts))
            {
                named.Add((key, Names));
            }
            else if (key is string name && (isNumber || isText))
            {
                named.Add((key, name));
            }
            else if (key is int && isNumber && numbers.TryDequeue(out string? next))
            {
                named.Add((key, next));
            }
        }

        return named;
    }

    // Of several texts one has a usual name, or stands first. An identity that is a text is a path, as DeepFace writes it.
    private static bool IsName(object key, (object Key, PickledPart Part)[] texts)
    {
        object? usual = texts.Select(text => text.Key).FirstOrDefault(each => each is string name && IsUsual(UsualNames.Names, name))
            ?? texts.Select(text => text.Key).FirstOrDefault(each => each is "identity");
        return usual is not null ? key.Equals(usual) : key is int ? key.Equals(texts[0].Key) : texts.Length == 1 && !IsUsual(UsualNames.Labels, (string)key);
    }

    private List<object?> Rows(IReadOnlyList<object?> records, IReadOnlyList<object> keys, object key, PickledPart wanted)
    {
        List<object?> column = new(records.Count);
        for (int row = 0; row < records.Count; row++)
        {
            object? value = Checked(records, row, keys, key, wanted);
            column.Add(wanted switch
            {
                PickledPart.Number => Numbers(value)[0],
                PickledPart.Text when value is PickledArray text => text.Elements(_cancellation)[0],
                _ => value,
            });
        }

        return column;
    }

    private List<object?> Batches(IReadOnlyList<object?> records, IReadOnlyList<object> keys, object key, PickledPart wanted)
    {
        List<object?> column = [];
        for (int batch = 0; batch < records.Count; batch++)
        {
            object? value = Checked(records, batch, keys, key, wanted);
            if (wanted == PickledPart.Matrix)
            {
                column.Add(value);
            }
            else
            {
                column.AddRange(value is PickledArray { Type: null } texts ? texts.Elements(_cancellation) : Numbers(value));
            }
        }

        return column;
    }

    private object? Checked(IReadOnlyList<object?> records, int row, IReadOnlyList<object> keys, object key, PickledPart wanted)
    {
        _cancellation.ThrowIfCancellationRequested();
        object? value = PickledRecord.Part(records[row], key);
        bool isMissing = value is null && wanted == PickledPart.Vector && _data.TakesMissing;
        return PickledRecord.IsLike(records[row], keys) && (isMissing || (row == 0 ? wanted : PartOf(value)) == wanted)
            ? value
            : throw FormatErrors.Unsupported(
                _data.Path, $"item {row} (0-based) of its list is {PickledKind.Described(records[row])}, and the first is {PickledKind.Described(records[0])}: all must be alike.");
    }

    private PickledPart PartOf(object? value) => value switch
    {
        bool or long or double or BigInteger => PickledPart.Number,
        string or byte[] => PickledPart.Text,
        PickledArray { Type: not null } array => OfShape(array.Shape),
        PickledArray { Objects: null } texts => texts.Shape.Count == 0 ? PickledPart.Text : PickledPart.Texts,
        TorchTensor tensor => OfShape(tensor.Shape),
        IReadOnlyList<object?> { Count: > 0 } list when _rows.IsVector(list) => list.Count == 1 ? PickledPart.Number : PickledPart.Vector,
        IReadOnlyList<object?> { Count: > 0 } list when list.All(item => item is string) => PickledPart.Texts,
        IReadOnlyList<object?> { Count: > 0 } list when _rows.AreVectors(list) => PickledPart.Matrix,
        _ => PickledPart.Other,
    };

    private PickledPart OfShape(IReadOnlyList<long> shape)
    {
        _rows.Charge(ArrayShape.ElementCount(shape));
        return shape switch
        {
            [] or [1] => PickledPart.Number,
            [_] or [1, _] => PickledPart.Vector,
            [_, _] => PickledPart.Matrix,
            _ => PickledPart.Other,
        };
    }

    private IReadOnlyList<object?> Numbers(object? value) => value switch
    {
        PickledArray array => array.Elements(_cancellation),
        TorchTensor tensor => TorchNumbers(tensor),
        IReadOnlyList<object?> list => list,
        _ => [value],
    };

    private List<object?> TorchNumbers(TorchTensor tensor)
    {
        byte[] bytes = TorchArrays.Elements(tensor, _data.Path);
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
        catch (FormatException exception)
        {
            throw FormatErrors.Unsupported(_data.Path, $"a tensor in a record holds {exception.Message}.");
        }

        return [.. wholes.Select(whole => (object)whole)];
    }

    private static bool IsUsual(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
