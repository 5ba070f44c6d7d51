using System.Globalization;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Pickle;

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
    private readonly Dictionary<string, object?> _members = [];

    public PickledMembers(PickledData data)
    {
        _data = data;
        _rows = new PickledRows(data);
    }

    /// <exception cref="GnnReRankException">What was pickled is no table.</exception>
    public IReadOnlyDictionary<string, object?> Find()
    {
        switch (_data.Root)
        {
            case Dictionary<object, object?> dictionary when IsByName(dictionary):
                AddByName(string.Empty, dictionary);
                break;
            case Dictionary<object, object?> dictionary:
                AddAll(string.Empty, dictionary, isInner: false);
                break;
            case PickledArray or TorchTensor:
                Add(Features, _data.Root);
                break;
            case IReadOnlyList<object?> list when _rows.AreVectors(list):
                Add(Features, list);
                break;
            case IReadOnlyList<object?> { Count: > 1 and <= MostParts } parts when IsMatrix(parts[0]) && !parts.Skip(1).Any(IsMatrix):
                AddParts(parts);
                break;
            default:
                throw FormatErrors.Unsupported(
                    _data.Path, $"it holds {PickledKind.Of(_data.Root)}, and features are read from a dict of arrays, one array or tensor, a list of vectors, " +
                    "a dict from names to vectors, or a tuple (features, labels, cameras).");
        }

        return _members;
    }

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

            if (value is not Dictionary<object, object?> inner)
            {
                Add(prefix + name, value);
            }
            else if (IsByName(inner))
            {
                AddByName(IsUsual(UsualNames.Features, name) ? prefix : $"{prefix}{name}_", inner);
            }
            else if (!isInner)
            {
                AddAll(name + "_", inner, isInner: true);
            }
        }
    }

    private void AddByName(string prefix, Dictionary<object, object?> vectors)
    {
        Add(prefix + Features, vectors.Values.ToArray());
        Add(prefix + Names, Array.ConvertAll<object, object?>([.. vectors.Keys], key => key is string ? key : Convert.ToString(key, CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether a dictionary maps names or numbers of images to vectors of one length.</summary>
    private bool IsByName(Dictionary<object, object?> dictionary)
    {
        _rows.Charge(dictionary.Count);
        bool namesColumns = dictionary.Keys.OfType<string>().Any(
            key => IsUsual(UsualNames.Features, key) || IsUsual(UsualNames.Labels, key) || IsUsual(UsualNames.Cameras, key) || IsUsual(UsualNames.Names, key));
        object?[] rows = [.. dictionary.Values];
        return !namesColumns && dictionary.Keys.All(key => key is string or long) && _rows.AreVectors(rows) && _rows.AreEqual(rows);
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
