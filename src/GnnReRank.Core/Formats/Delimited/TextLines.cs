using System.Text;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Delimited;

/// <summary>The lines of a text file in turn, compressed with gzip or not, in the memory of the longest; blank lines are passed over.</summary>
internal sealed class TextLines
{
    /// <summary>The longest line: far more than any list of names and numbers has, and a bound for files without line ends.</summary>
    public const int LongestLine = 1 << 20;

    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly FileStream _file;
    private char[] _buffer = new char[1 << 14];
    private int _start;
    private int _end;
    private int _length;
    private bool _isAtEnd;

    private TextLines(string path, StreamReader reader, FileStream file)
    {
        _path = path;
        _reader = reader;
        _file = file;
    }

    /// <summary>1-based number of the line.</summary>
    public long Number { get; private set; }

    /// <summary>The line without its end; valid until the next is read.</summary>
    public ReadOnlySpan<char> Line => _buffer.AsSpan(_start - _length, _length).Trim("\r\n");

    /// <summary>The bytes of the file that have been read, and all of them.</summary>
    public (long Done, long Total) Progress => (_file.Position, _file.Length);

    /// <summary>Opens a file, works with its lines and closes it; what is no text becomes a clear error.</summary>
    /// <exception cref="GnnReRankException">The file is not usable.</exception>
    public static TResult Use<TResult>(string path, Func<TextLines, TResult> work)
    {
        TextLines? lines = null;
        try
        {
            UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using StreamReader text = new(DelimitedInput.Open(path, out FileStream file), strict, detectEncodingFromByteOrderMarks: true);
            lines = new TextLines(path, text, file);
            return work(lines);
        }
        catch (Exception fault) when (fault is DecoderFallbackException or InvalidDataException or EndOfStreamException)
        {
            string advice = fault is DecoderFallbackException ? "It is not UTF-8: save it with that encoding." : $"{fault.Message.TrimEnd('.')}.";
            throw FormatErrors.Corrupt(path, "text", $"behind line {lines?.Number ?? 0} it cannot be read. {advice}", fault);
        }
    }

    /// <summary>Goes to the next line that is not blank.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="GnnReRankException">The line is too long, or holds a NUL as binary files do.</exception>
    public bool Read()
    {
        while (ReadNext())
        {
            if (Line.Contains('\0'))
            {
                throw FormatErrors.Corrupt(_path, "text", $"line {Number} holds a NUL character: it looks like a binary file.");
            }

            if (!Line.Trim().IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool ReadNext()
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf('\n');
            if (found >= 0 || _isAtEnd)
            {
                _length = found >= 0 ? searched + found + 1 : _end - _start;
                _start += _length;
                Number += _length > 0 ? 1 : 0;
                return _length > 0;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        int kept = _end - _start;
        if (kept > LongestLine)
        {
            throw FormatErrors.Corrupt(_path, "text", $"line {Number + 1} is longer than {LongestLine:N0} characters.");
        }

        char[] target = kept > _buffer.Length / 2 ? new char[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        _buffer = target;
        _start = 0;
        int read = _reader.Read(_buffer, kept, _buffer.Length - kept);
        _end = kept + read;
        _isAtEnd = read == 0;
    }
}
