using System.Globalization;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tables;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>Finds the named arrays in the shapes that scripts pickle: dictionaries, tuples, a matrix, vectors by name.</summary>
internal sealed class PickledMembers
{
    private const string Features = "features";
    private const string Names = "names";

    // Beside features: labels and cameras, then names.
    private const int MostParts = 4;

    private readonly PickledData _data;

    // One for all members: the same dictionary may be named under a thousand names.
    private readonly PickledRows _rows;
    private readonly PickledRecords _records;
    private readonly int _mostSets;
    private readonly Dictionary<string, object?> _members = [];

    public PickledMembers(PickledData data, FeatureReadOptions options)
    {
        _data = data;
        _rows = new PickledRows(data);
        _records = new PickledRecords(data, options);
        _mostSets = options.FeatureColumns is null ? PickledRecords.MostSets : int.MaxValue;
    }

    /// <summary>What was taken by its place alone, or left out.</summary>
    public IReadOnlyList<string> Warnings => _records.Warnings;

    /// <exception cref="GnnReRankException">What was pickled is no table.</exception>
    public IReadOnlyDictionary<string, object?> Find()
    {
        object? root = PickledArray.Unwrapped(_data.Root);
        switch (root)
        {
            case Dictionary<object, object?> dictionary when TryByName(string.Empty, dictionary):
                break;
            case Dictionary<object, object?> dictionary when dictionary.Values.Count(value => value is Dictionary<object, object?>) <= _mostSets:
                AddAll(string.Empty, dictionary, isInner: false);
                break;
            case PickledArray or TorchTensor:
                Add(Features, root);
                break;
            case IReadOnlyList<object?> list when _rows.AreVectors(list) && (_rows.AreEqual(list) || !AreParts(list)):
                Add(Features, list);
                break;
            case IReadOnlyList<object?> parts when AreParts(parts):
                AddParts(parts);
                break;
            case IReadOnlyList<object?> { Count: > 1 and <= MostParts } parts when new PickledBatches(_data).Joined(parts) is { } joined:
                AddParts(joined);
                break;
            case IReadOnlyList<object?> list when _records.Columns(list, string.Empty, PickledRecordKinds.Batches) is { } columns:
                AddColumns(columns);
                break;
            case IReadOnlyList<object?> list when new PickledRows(_data).AreBatches(list):
                Add(Features, list);
                break;
            default:
                throw FormatErrors.Unsupported(
                    _data.Path, $"it holds {PickledKind.Described(_data.Root)}, and features are read from a dict of arrays, one array or tensor, a list of vectors or of batches, " +
                    "a dict from names to vectors, a tuple (features, labels, cameras), or a list of records such as (vector, label, camera).");
        }

        new PickledBatches(_data).Join(_members);
        return _members;
    }

    private static bool AreParts(IReadOnlyList<object?> parts) => parts.Count is > 1 and <= MostParts && IsMatrix(parts[0]) && !parts.Skip(1).Any(IsMatrix);

    private static bool IsMatrix(object? value) => value switch
    {
        PickledArray array => array.Shape.Count > 1,
        TorchTensor tensor => tensor.Shape.Length > 1,
        IReadOnlyList<object?> list => list.Count > 0 && list[0] is IReadOnlyList<object?> or PickledArray { Shape.Count: > 0 } or TorchTensor { Shape.Length: > 0 },
        _ => false,
    };

    private static bool IsText(object? value) => value switch
    {
        PickledArray array => array.Type is null,
        IReadOnlyList<object?> { Count: > 0 } list => list[0] is string or byte[],
        _ => false,
    };

    private void AddParts(IReadOnlyList<object?> parts)
    {
        Add(Features, parts[0]);
        Queue<string> numbers = new(["labels", "cameras"]);
        foreach (object? part in parts.Skip(1))
        {
            if (IsText(part))
            {
                Add(Names, part);
            }
            else if (numbers.TryDequeue(out string? name))
            {
                Add(name, part);
            }
        }
    }

    private void AddAll(string prefix, Dictionary<object, object?> dictionary, bool isInner)
    {
        foreach ((object key, object? value) in dictionary)
        {
            if (key is not string name)
            {
                continue;
            }

            string within = IsUsual(UsualNames.Features, name) ? prefix : $"{prefix}{name}_";
            object? plain = PickledArray.Unwrapped(value);
            if (plain is IReadOnlyList<object?> list && _records.Columns(list, within, PickledRecordKinds.Batches | PickledRecordKinds.Unlike) is { } columns)
            {
                AddColumns(columns);
            }
            else if (plain is not Dictionary<object, object?> inner)
            {
                Add(prefix + name, value);
            }
            else if (TryByName(within, inner))
            {
                continue;
            }
            else if (!isInner)
            {
                AddAll(within, inner, isInner: true);
            }
        }
    }

    private void AddColumns(Dictionary<string, object?> columns)
    {
        foreach ((string name, object? column) in columns)
        {
            Add(name, column);
        }
    }

    /// <summary>Takes a dictionary that maps names or numbers of images to vectors of one length, or to records of a row.</summary>
    private bool TryByName(string prefix, Dictionary<object, object?> dictionary)
    {
        if (ModelWeights.Are(dictionary) || dictionary.Values.OfType<Dictionary<object, object?>>().Any(ModelWeights.Are))
        {
            return false;
        }

        if (IsByName(dictionary, out object?[] rows))
        {
            Add(prefix + Features, rows);
        }
        else if (rows.Length > 0 && _records.Columns(rows, prefix, PickledRecordKinds.Unlike) is { } columns)
        {
            columns.Remove(prefix + Names);
            AddColumns(columns);
        }
        else
        {
            return false;
        }

        Add(prefix + Names, Array.ConvertAll<object, object?>([.. dictionary.Keys], key => key is string ? key : Convert.ToString(key, CultureInfo.InvariantCulture)));
        return true;
    }

    // The rows are those of a dictionary whose keys can be names of rows.
    private bool IsByName(Dictionary<object, object?> dictionary, out object?[] rows)
    {
        _rows.Charge(dictionary.Count);
        bool namesColumns = dictionary.Keys.OfType<string>().Any(
            key => IsUsual(UsualNames.Features, key) || IsUsual(UsualNames.Labels, key) || IsUsual(UsualNames.Cameras, key) || IsUsual(UsualNames.Names, key));
        rows = !namesColumns && dictionary.Keys.All(key => key is string or long) ? [.. dictionary.Values] : [];
        return _rows.AreVectors(rows) && _rows.AreEqual(rows);
    }

    private static bool IsUsual(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private void Add(string name, object? value)
    {
        if (!_members.TryAdd(name, value))
        {
            throw FormatErrors.Unsupported(_data.Path, $"it holds '{PickleSite.Shown(name)}' twice, once inside another dict. Rename one.");
        }
    }
}
