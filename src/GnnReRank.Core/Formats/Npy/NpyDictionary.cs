namespace GnnReRank.Formats.Npy;

/// <summary>
/// Parses the dict in a .npy header, such as {'descr': '&lt;f4', 'fortran_order': False, 'shape': (10, 3), }, and nothing else
/// of Python: exactly these three keys, in any order, and a comment behind the dict.
/// </summary>
internal sealed class NpyDictionary
{
    // numpy's own limit is 32, and 64 from version 2 on.
    private const int MostDimensions = 64;

    private readonly string _text;
    private int _position;
    private bool _hasDescriptor;
    private string? _descriptor;
    private bool? _isColumnMajor;
    private List<long>? _shape;

    public NpyDictionary(string text) => _text = text;

    /// <summary>What stands behind the dict after a #; null where nothing does. Python passes over it.</summary>
    public string? Comment { get; private set; }

    /// <exception cref="InvalidDataException">The text is anything else.</exception>
    public (string? Descriptor, bool IsColumnMajor, IReadOnlyList<long> Shape) Parse()
    {
        Expect('{');
        while (!Take('}'))
        {
            string key = Text();
            Expect(':');
            Value(key);
            if (!Take(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpaces();
        if (_position < _text.Length && _text[_position] == '#')
        {
            Comment = _text[(_position + 1)..].Trim();
        }
        else if (_position != _text.Length)
        {
            throw Unexpected("nothing more");
        }

        return _hasDescriptor && _isColumnMajor is bool isColumnMajor && _shape is not null
            ? (_descriptor, isColumnMajor, _shape)
            : throw new InvalidDataException("The header does not say all of 'descr', 'fortran_order' and 'shape'.");
    }

    private void Value(string key)
    {
        switch (key)
        {
            case "descr" when !_hasDescriptor:
                _hasDescriptor = true;
                _descriptor = Descriptor();
                break;
            case "fortran_order" when _isColumnMajor is null:
                _isColumnMajor = Truth();
                break;
            case "shape" when _shape is null:
                _shape = Shape();
                break;
            default:
                throw new InvalidDataException($"The header's key '{key}' is unknown or repeated.");
        }
    }

    private string? Descriptor()
    {
        if (Peek() != '[')
        {
            return Text();
        }

        SkipList();
        return null;
    }

    // A structured type is a list of (name, type) pairs. It is refused later, by name; here only its end matters.
    private void SkipList()
    {
        int depth = 0;
        do
        {
            char next = Peek();
            if (next is '\'' or '"')
            {
                _ = Text();
                continue;
            }

            depth += next is '[' or '(' ? 1 : next is ']' or ')' ? -1 : 0;
            _position++;
        }
        while (depth > 0);
    }

    private bool Truth()
    {
        SkipSpaces();
        foreach (string word in new[] { "False", "True" })
        {
            if (_text.AsSpan(_position).StartsWith(word))
            {
                _position += word.Length;
                return word == "True";
            }
        }

        throw Unexpected("True or False");
    }

    private List<long> Shape()
    {
        Expect('(');
        List<long> shape = [];
        while (!Take(')'))
        {
            shape.Add(Extent());
            if (shape.Count > MostDimensions)
            {
                throw new InvalidDataException($"More than {MostDimensions} dimensions are claimed.");
            }

            if (!Take(','))
            {
                Expect(')');
                break;
            }
        }

        return shape;
    }

    private long Extent()
    {
        SkipSpaces();
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        ReadOnlySpan<char> digits = _text.AsSpan(start, _position - start);
        if (digits.IsEmpty)
        {
            throw Unexpected("an extent of at least 0");
        }

        // Python 2 wrote long integers as 10L.
        _ = Take('L');
        return long.TryParse(digits, out long extent)
            ? extent
            : throw new InvalidDataException($"An extent of {digits} is claimed.");
    }

    private string Text()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Unexpected("a quoted text");
        }

        int start = ++_position;
        int length = _text.AsSpan(start).IndexOf(quote);
        if (length < 0 || _text.AsSpan(start, length).Contains('\\'))
        {
            throw Unexpected("a plain quoted text");
        }

        _position = start + length + 1;
        return _text.Substring(start, length);
    }

    private char Peek()
    {
        SkipSpaces();
        return _position < _text.Length ? _text[_position] : throw Unexpected("more text");
    }

    private bool Take(char wanted)
    {
        bool found = Peek() == wanted;
        _position += found ? 1 : 0;
        return found;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
        {
            throw Unexpected($"'{wanted}'");
        }
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t' or '\r')
        {
            _position++;
        }
    }

    private InvalidDataException Unexpected(string wanted) =>
        new($"The header's text breaks off at character {_position}, where {wanted} was expected.");
}
