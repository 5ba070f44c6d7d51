using System.Text;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// What REDUCE and its kin make of a name on the allow-list and its arguments. Each shape of arguments that Python writes is known
/// here; any other is refused.
/// </summary>
internal sealed class PickleCalls
{
    private readonly PickleSite _site;
    private readonly PickleBudget _budget;
    private readonly PickleNumpy _numpy;
    private readonly Func<byte[], string, TorchStorage>? _loadStorage;

    public PickleCalls(PickleSite site, PickleBudget budget, Func<byte[], string, TorchStorage>? loadStorage)
    {
        _loadStorage = loadStorage;
        _site = site;
        _budget = budget;
        _numpy = new PickleNumpy(site, budget);
    }

    /// <exception cref="GnnReRankException">The callable is not on the list, or its arguments are not of a known shape.</exception>
    public object Call(object? callable, object? arguments)
    {
        if (callable is not PickleGlobal global)
        {
            throw _site.Refused("calls what is no name on the list of data types that are read");
        }

        if (arguments is not object?[] tuple)
        {
            throw _site.Corrupt($"the arguments of {global.Name} are no tuple.");
        }

        return Made(global, tuple) ?? throw _site.Refused($"calls '{global.Name}' with {tuple.Length} arguments that Python does not write there");
    }

    /// <summary>Sets an object's state, as far as that is data.</summary>
    /// <exception cref="GnnReRankException">Setting it would call code or set attributes.</exception>
    public void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickledArray array:
                _numpy.SetState(array, state);
                break;
            case PickledType type:
                type.SetState(state, _site);
                break;
            // torch gives a dictionary of parameters an attribute _metadata, which says nothing of the data.
            case Dictionary<object, object?> when state is Dictionary<object, object?>:
                break;
            default:
                throw _site.Refused($"sets the state of {Named(target)}, which could call its __setstate__");
        }
    }

    private static string Named(object? target) => target is PickleGlobal global ? $"'{global.Name}'" : "what is neither an array nor a dtype";

    private object? Made(PickleGlobal global, object?[] arguments) => global.Callable switch
    {
        PickleCallable.Encode => Encoded(arguments),
        PickleCallable.Bytes => arguments is [] ? Array.Empty<byte>() : null,
        PickleCallable.ByteArray => ByteArray(arguments),
        PickleCallable.List => arguments is [] ? new List<object?>() : null,
        PickleCallable.Dictionary => Dictionary(arguments),
        PickleCallable.DefaultDictionary => arguments is [] or [PickleGlobal or null] ? Dictionary([]) : null,
        PickleCallable.Set => arguments is [] ? Set([]) : arguments is [List<object?> members] ? Set(members) : null,
        PickleCallable.FilePath => FilePath(arguments),
        PickleCallable.Array => PickleNumpy.Reconstruct(arguments),
        PickleCallable.NumpyType => PickleNumpy.Type(arguments),
        PickleCallable.NumpyScalar => _numpy.Scalar(arguments),
        PickleCallable.NumpyBuffer => _numpy.FromBuffer(arguments),
        PickleCallable.TorchSize => arguments is [object?[] extents] ? extents : null,
        PickleCallable.TorchBytes => arguments is [byte[] bytes] && _loadStorage is not null ? Storage(bytes, _loadStorage) : null,
        PickleCallable.TorchTensor or PickleCallable.TorchTensorOfType or PickleCallable.TorchParameter =>
            TorchCalls.Make(global.Callable, arguments, _site),
        _ => null,
    };

    // Protocols 0 to 2 have no opcode for bytes: Python 3 writes them as a text of as many characters.
    private byte[]? Encoded(object?[] arguments) =>
        arguments is [string text, string codec] && codec.ToLowerInvariant() is "latin1" or "latin-1" or "iso-8859-1" ? Latin1(text) : null;

    private byte[]? ByteArray(object?[] arguments) => arguments switch
    {
        [] => [],
        [byte[] bytes] => bytes,
        _ => Encoded(arguments),
    };

    private byte[]? Latin1(string text)
    {
        _budget.Charge(text.Length);
        return text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF') < 0 ? Encoding.Latin1.GetBytes(text) : null;
    }

    private TorchStorage Storage(byte[] bytes, Func<byte[], string, TorchStorage> load)
    {
        _budget.Charge(bytes.Length);
        return load(bytes, _site.Path);
    }

    private Dictionary<object, object?>? Dictionary(object?[] arguments)
    {
        Dictionary<object, object?> made = new(PickleKeys.Comparer);
        if (arguments is [])
        {
            return made;
        }

        // Python 2 gives an OrderedDict its items as a list of pairs.
        if (arguments is not [List<object?> pairs])
        {
            return null;
        }

        _budget.Charge(pairs.Count);
        foreach (object? pair in pairs)
        {
            IReadOnlyList<object?>? parts = pair as IReadOnlyList<object?>;
            if (parts is not { Count: 2 })
            {
                return null;
            }

            made[PickleKeys.Require(parts[0], _site)] = parts[1];
        }

        return made;
    }

    /// <summary>A path as its text: nothing is looked up.</summary>
    private string? FilePath(object?[] parts)
    {
        if (!Array.TrueForAll(parts, part => part is string))
        {
            return null;
        }

        _budget.Charge(parts.Sum(part => (long)((string)part!).Length));
        return Path.Join([.. parts.Cast<string>()]).Replace('\\', '/');
    }

    private HashSet<object> Set(List<object?> members)
    {
        _budget.Charge(members.Count);
        HashSet<object> made = new(PickleKeys.Comparer);
        foreach (object? member in members)
        {
            made.Add(PickleKeys.Require(member, _site));
        }

        return made;
    }
}
