using System.Buffers;

namespace GnnReRank.Formats.Delimited;

/// <summary>
/// Takes delimited text apart into records and fields as RFC 4180 says, in time that follows its length and memory that follows its
/// longest record. Empty lines are passed over.
/// </summary>
internal sealed class DelimitedLexer
{
    private const int SmallestBuffer = 1 << 16;

    // The longest record: room for 2^20 dimensions of a dozen characters each, and a bound for a quote that is never closed.
    private const int LargestRecord = 1 << 25;

    // No features have as many dimensions, and each takes memory of its own.
    private const int MostFields = 1 << 22;

    private const char Quote = '"';
    private const char LineFeed = '\n';
    private const char Return = '\r';

    private static readonly SearchValues<char> s_quotes = SearchValues.Create([Quote]);

    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly SearchValues<char> _ends;
    private readonly CancellationToken _cancellation;
    private readonly List<(int Start, int End, bool IsDoubled)> _fields = [];
    private char[] _buffer = new char[SmallestBuffer];
    private int _start;
    private int _position;
    private int _length;
    private long _nextLine = 1;
    private bool _followsReturn;
    private bool _isComplete;

    /// <param name="text">The text.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public DelimitedLexer(TextReader text, char delimiter, CancellationToken cancellation)
    {
        _text = text;
        _delimiter = delimiter;
        _ends = SearchValues.Create([delimiter, LineFeed, Return]);
        _cancellation = cancellation;
    }

    /// <summary>1-based line on which the record at hand starts.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The number of fields of the record at hand.</summary>
    public int FieldCount => _fields.Count;

    /// <summary>One field of the record at hand, without its quotes.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        (int start, int end, bool isDoubled) = _fields[index];
        ReadOnlySpan<char> field = _buffer.AsSpan(_start + start, end - start);
        return isDoubled ? field.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : field;
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The text breaks the format.</exception>
    public bool Read()
    {
        _fields.Clear();
        SkipEmptyLines();
        Line = _nextLine;
        _start = _position;
        if (_position == _length)
        {
            return false;
        }

        do
        {
            if (_fields.Count == MostFields)
            {
                throw new InvalidDataException($"The line there has more than {MostFields:N0} fields.");
            }

            ReadField();
        }
        while (TakeDelimiter());

        return true;
    }

    private void SkipEmptyLines()
    {
        do
        {
            for (; _position < _length; _position++)
            {
                char character = _buffer[_position];
                if (character is not (LineFeed or Return))
                {
                    _followsReturn = false;
                    return;
                }

                _nextLine += character == LineFeed && _followsReturn ? 0 : 1;
                _followsReturn = character == Return;
            }

            _start = _position;
        }
        while (Fill());
    }

    private void ReadField()
    {
        if (HasMore && _buffer[_position] == Quote)
        {
            ReadQuoted();
            return;
        }

        int start = _position - _start;
        SkipTo(_ends);
        _fields.Add((start, _position - _start, IsDoubled: false));
    }

    private void ReadQuoted()
    {
        _position++;
        int start = _position - _start;
        bool isDoubled = false;
        while (true)
        {
            SkipTo(s_quotes);
            if (!HasMore)
            {
                throw new InvalidDataException("A quote is opened there and never closed.");
            }

            _position++;
            if (!HasMore || _buffer[_position] != Quote)
            {
                break;
            }

            isDoubled = true;
            _position++;
        }

        int end = _position - 1 - _start;
        _nextLine += _buffer.AsSpan(_start + start, end - start).Count(LineFeed);
        if (HasMore && !_ends.Contains(_buffer[_position]))
        {
            throw new InvalidDataException($"Field {_fields.Count + 1} goes on behind its closing quote: a quote within quotes is written twice.");
        }

        _fields.Add((start, end, isDoubled));
    }

    // Past the end of a line or of the text where there is no delimiter.
    private bool TakeDelimiter()
    {
        if (!HasMore)
        {
            return false;
        }

        char end = _buffer[_position++];
        if (end == _delimiter)
        {
            return true;
        }

        _nextLine++;
        _followsReturn = end == Return;
        return false;
    }

    private bool HasMore => _position < _length || Fill();

    private void SkipTo(SearchValues<char> characters)
    {
        do
        {
            int distance = _buffer.AsSpan(_position, _length - _position).IndexOfAny(characters);
            if (distance >= 0)
            {
                _position += distance;
                return;
            }

            _position = _length;
        }
        while (Fill());
    }

    // Brings more text behind what there is of the record at hand, which moves to the start of the buffer.
    private bool Fill()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_isComplete)
        {
            return false;
        }

        _buffer.AsSpan(_start, _length - _start).CopyTo(_buffer);
        (_position, _length, _start) = (_position - _start, _length - _start, 0);
        if (_length >= LargestRecord)
        {
            throw new InvalidDataException($"The line there, or what follows a quote that is never closed, is longer than {LargestRecord:N0} characters.");
        }

        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _length * 2);
        }

        int read = _text.Read(_buffer, _length, Math.Min(SmallestBuffer, _buffer.Length - _length));
        _length += read;
        _isComplete = read == 0;
        return !_isComplete;
    }
}
