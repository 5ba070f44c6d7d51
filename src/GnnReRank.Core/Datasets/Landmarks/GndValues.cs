using GnnReRank.Formats.Files;
using GnnReRank.Formats.Mat.Values;
using GnnReRank.Formats.Pickle;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>The same values as MATLAB and as Python write them.</summary>
internal sealed class GndValues
{
    private readonly string _path;
    private readonly CancellationToken _cancellation;

    // A pickle may name one list a thousand times. As Python writes it, every element takes a byte at least.
    private long _budget;

    public GndValues(string path, CancellationToken cancellation)
    {
        _path = path;
        _cancellation = cancellation;
        _budget = InputFile.LengthOf(path);
    }

    /// <summary>Numbers of an array, a list or a tuple; null where the value is anything else.</summary>
    /// <param name="place">Where the value stands, for messages.</param>
    /// <param name="value">The value.</param>
    public double[]? Numbers(string place, object? value)
    {
        if (value is MatNumbers numbers)
        {
            return numbers.Values;
        }

        return Items(place, value) is IReadOnlyList<object?> items && items.All(item => item is long or double)
            ? [.. items.Select(item => item is long whole ? whole : (double)item!)]
            : null;
    }

    /// <summary>Texts of a cell array, an array, a list or a tuple; null where the value is anything else.</summary>
    /// <param name="place">Where the value stands, for messages.</param>
    /// <param name="value">The value.</param>
    public string[]? Texts(string place, object? value) =>
        Items(place, value) is IReadOnlyList<object?> items && items.All(item => item is string) ? [.. items.Select(item => (string)item!)] : null;

    /// <summary>The structs of an array, or the dictionaries of a list, each as its values by name; null where the value is anything else.</summary>
    /// <param name="place">Where the value stands, for messages.</param>
    /// <param name="value">The value.</param>
    public IReadOnlyList<Func<string, object?>>? Records(string place, object? value)
    {
        if (value is MatStruct structs)
        {
            return structs.Fields.Count == 0 ? null : [.. Enumerable.Range(0, (int)structs.Count).Select(element => Field(structs, element))];
        }

        IReadOnlyList<object?>? items = Items(place, value);
        Func<string, object?>[] records = [.. (items ?? []).Select(Record).OfType<Func<string, object?>>()];
        return records.Length == items?.Count ? records : null;
    }

    /// <summary>A struct's or dictionary's values by name, null for a name it has not; null where the value is neither.</summary>
    public static Func<string, object?>? Record(object? value) => value switch
    {
        MatStruct { Count: 1 } single => Field(single, 0),
        IReadOnlyDictionary<string, object> variables => variables.GetValueOrDefault,
        Dictionary<object, object?> dictionary => name => dictionary.GetValueOrDefault(name),
        _ => null,
    };

    private static Func<string, object?> Field(MatStruct structs, int element) =>
        name => structs.Fields.TryGetValue(name, out object[]? values) ? values[element] : null;

    private IReadOnlyList<object?>? Items(string place, object? value)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (value)
        {
            case MatCell cell:
                return cell.Values;
            case MatNumbers { Values.Length: 0 }:
                return [];
            case long or double or string:
                return [value];
            case PickledArray array:
                Charge(array.Count);
                return Elements(place, array);
            case IReadOnlyList<object?> list:
                Charge(list.Count);
                return list;
            default:
                return null;
        }
    }

    private IReadOnlyList<object?> Elements(string place, PickledArray array)
    {
        try
        {
            return array.Elements(_cancellation);
        }
        catch (InvalidDataException exception)
        {
            throw LandmarkErrors.Malformed(_path, $"{place}: {exception.Message.TrimEnd('.')}. Fetch the file again.");
        }
    }

    private void Charge(long count)
    {
        _budget -= count;
        if (_budget < 0)
        {
            throw LandmarkErrors.Malformed(_path, "it names the same lists over and over, more than the file is long. It is not what the benchmark's authors publish.");
        }
    }
}
