using System.Text;

namespace GnnReRank.Formats.Pickle;

/// <summary>Arrays, dtypes and scalars as numpy's __reduce__ methods give them.</summary>
internal sealed class PickleNumpy
{
    // numpy's own limit, from version 2 on.
    private const int MostDimensions = 64;

    private readonly PickleSite _site;
    private readonly PickleBudget _budget;

    public PickleNumpy(PickleSite site, PickleBudget budget)
    {
        _site = site;
        _budget = budget;
    }

    /// <summary>_reconstruct(ndarray, (0,), b'b'): an empty array, whose state follows; null for other arguments.</summary>
    public static PickledArray? Reconstruct(object?[] arguments) =>
        arguments is [PickleGlobal { Name: "numpy.ndarray" }, object?[], string or byte[]] ? new PickledArray() : null;

    /// <summary>dtype('f4', False, True); null for other arguments.</summary>
    public static PickledType? Type(object?[] arguments) =>
        arguments is [string { Length: > 0 and < 16 } code, bool or long, bool or long] ? new PickledType(code) : null;

    /// <summary>The state (version, shape, dtype, is Fortran, data), in old files without the version.</summary>
    public void SetState(PickledArray array, object? state)
    {
        object?[]? parts = state as object?[];
        if (parts is [long, ..] and { Length: 5 })
        {
            parts = parts[1..];
        }

        if (parts is not [object?[] shape, PickledType type, object fortran, object data] || fortran is not (bool or long))
        {
            throw _site.Corrupt("the state of a numpy.ndarray is not what NumPy writes.");
        }

        _budget.Charge(data is List<object?> objects ? objects.Count : 0);
        array.Set(type, Extents(shape), fortran is true or 1L, Bytes(data), _site);
    }

    /// <summary>_frombuffer(bytes, dtype, shape, order), as protocol 5 has it; null for other arguments.</summary>
    public PickledArray? FromBuffer(object?[] arguments)
    {
        if (arguments is not [byte[] data, PickledType type, object?[] shape, string order])
        {
            return null;
        }

        PickledArray array = new();
        array.Set(type, Extents(shape), order == "F", data, _site);
        return array;
    }

    /// <summary>scalar(dtype, bytes): a plain number or text; null for other arguments.</summary>
    public object? Scalar(object?[] arguments)
    {
        if (arguments is not [PickledType type, object data] || Bytes(data) is not byte[] bytes)
        {
            return null;
        }

        PickledArray array = new();
        array.Set(type, [1], isFortran: false, bytes, _site);
        try
        {
            return array.Elements(CancellationToken.None)[0];
        }
        catch (InvalidDataException exception)
        {
            throw _site.Corrupt(exception.Message);
        }
    }

    private long[] Extents(object?[] shape)
    {
        if (shape.Length > MostDimensions || !Array.TrueForAll(shape, extent => extent is long and >= 0))
        {
            throw _site.Corrupt("the shape of an array is no tuple of at most 64 numbers from 0 on.");
        }

        return Array.ConvertAll(shape, extent => (long)extent!);
    }

    /// <summary>Python 2 writes bytes as a str, which this reader takes for Latin-1.</summary>
    private object? Bytes(object data)
    {
        if (data is not string text)
        {
            return data;
        }

        _budget.Charge(text.Length);
        return text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF') < 0 ? Encoding.Latin1.GetBytes(text) : null;
    }
}
