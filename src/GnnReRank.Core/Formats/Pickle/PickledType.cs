using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Pickle;

/// <summary>A numpy.dtype as a pickle builds it: a code such as "f4", then its byte order.</summary>
internal sealed class PickledType
{
    private readonly string _code;
    private char _order = '=';

    public PickledType(string code) => _code = code;

    /// <summary>The type as numpy writes it in its own files: "&lt;f4".</summary>
    public string Descriptor => _order + _code;

    public bool IsObject => _code is "O" or "O8" or "O4";

    public bool IsTruthValue => _code == "b1";

    /// <summary>The type of numbers; null for anything else.</summary>
    public ArrayElementType? Number => NpyDescriptor.Numeric(Descriptor);

    /// <summary>The text type; null for anything else.</summary>
    public NpyText? Text => TextSize(out bool isUnicode) is int size ? new NpyText(size, isUnicode, _order == '>') : null;

    /// <summary>The bytes of one element; null where it is neither a number nor a text.</summary>
    public int? Size => Number?.Size ?? TextSize(out _);

    /// <summary>Takes the state that numpy.dtype.__reduce__ gives: (version, byte order, subtype, names, fields, ...).</summary>
    /// <exception cref="GnnReRankException">The state is no such tuple, or that of a record.</exception>
    public void SetState(object? state, PickleSite site)
    {
        if (state is not object?[] { Length: >= 5 } parts || parts[1] is not string { Length: 1 } order || order[0] is not ('<' or '>' or '|' or '='))
        {
            throw site.Corrupt("the state of a numpy.dtype is not what NumPy writes.");
        }

        if (parts[2] is not null || parts[3] is not null)
        {
            throw site.Unsupported("the array has a structured type (a record a row). Save the columns as arrays of their own.");
        }

        _order = order[0];
    }

    private int? TextSize(out bool isUnicode)
    {
        int? size = NpyDescriptor.TextSize(Descriptor, out isUnicode);
        return size == 0 ? null : size;
    }
}
