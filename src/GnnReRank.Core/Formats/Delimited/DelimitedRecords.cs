using System.Text;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Delimited;

/// <summary>The records of a delimited text file in turn, with the line on which each starts; blank lines are passed over.</summary>
internal sealed class DelimitedRecords
{
    private const int BufferSize = 1 << 16;

    private readonly string _path;
    private readonly DelimitedLexer _lexer;
    private readonly char _delimiter;
    private readonly FileStream _file;
    private readonly CancellationToken _cancellation;

    private DelimitedRecords(string path, char delimiter, DelimitedLexer lexer, FileStream file, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _path = path;
        _lexer = lexer;
        _delimiter = delimiter;
        _file = file;
    }

    /// <summary>1-based line on which the record starts.</summary>
    public long Line => _lexer.Line;

    /// <summary>The bytes of the file that have been read.</summary>
    public long BytesRead => _file.Position;

    /// <summary>All bytes of the file.</summary>
    public long ByteCount => _file.Length;

    /// <summary>The part of the file that has been read, above 0 and up to 1.</summary>
    public double PartRead => Math.Clamp((double)_file.Position / _file.Length, double.Epsilon, 1);

    /// <summary>The number of fields of the record.</summary>
    public int FieldCount => _lexer.FieldCount;

    /// <summary>Opens a file, works with its records and closes it; text that breaks the format becomes a clear error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="work">What is done with the records.</param>
    /// <exception cref="GnnReRankException">The text is not usable.</exception>
    public static TResult Use<TResult>(string path, char delimiter, CancellationToken cancellation, Func<DelimitedRecords, TResult> work)
    {
        DelimitedLexer? lexer = null;
        try
        {
            UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using StreamReader text = new(DelimitedInput.Open(path, out FileStream file), strict, detectEncodingFromByteOrderMarks: true, BufferSize);
            lexer = new DelimitedLexer(text, delimiter, cancellation);
            TResult result = work(new DelimitedRecords(path, delimiter, lexer, file, cancellation));
            (text.BaseStream as GzipMembers)?.VerifyRest(cancellation);
            return result;
        }
        catch (Exception fault) when (fault is DecoderFallbackException or InvalidDataException or EndOfStreamException)
        {
            string advice = fault is DecoderFallbackException ? "It is not UTF-8: save it with that encoding." : fault.Message;
            throw FormatErrors.Corrupt(path, "text", $"from line {lexer?.Line ?? 1} on it cannot be read. {advice}", fault);
        }
    }

    /// <summary>Goes to the next record that is not blank.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        while (_lexer.Read())
        {
            if (FieldCount > 1 || !_lexer.Field(0).Trim().IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One field of the record, without its quotes.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        ReadOnlySpan<char> field = _lexer.Field(index);
        return field.Contains('\0')
            ? throw FormatErrors.Corrupt(_path, "text", $"line {Line} holds a NUL character: it looks like a binary file.")
            : field;
    }

    /// <summary>All fields of the record.</summary>
    public string[] Fields()
    {
        string[] fields = new string[FieldCount];
        for (int index = 0; index < fields.Length; index++)
        {
            _cancellation.ThrowIfCancellationRequested();
            fields[index] = Field(index).Trim().ToString();
        }

        return fields;
    }

    /// <summary>Checks that the record has so many fields.</summary>
    public void Require(int fieldCount)
    {
        if (FieldCount != fieldCount)
        {
            throw new GnnReRankException(
                "FieldCountMismatch", ErrorKind.InvalidData,
                $"'{_path}': line {Line} has {FieldCount:N0} fields and the first line has {fieldCount:N0} " +
                $"(separated by {(_delimiter == '\t' ? "tabs" : $"'{_delimiter}'")}): every line needs as many. Correct or drop the line.");
        }
    }
}
