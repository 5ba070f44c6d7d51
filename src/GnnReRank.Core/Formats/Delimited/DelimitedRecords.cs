using System.Text;
using Sylvan.Data.Csv;

namespace GnnReRank.Formats.Delimited;

/// <summary>The records of a delimited text file in turn, with the line on which each starts; blank lines are passed over.</summary>
internal sealed class DelimitedRecords : IDisposable
{
    private const int BufferSize = 1 << 20;

    // The longest record: room for 2^20 dimensions of a dozen characters each, and a bound for a quote that is never closed.
    private const int LargestRecord = 1 << 25;

    private readonly string _path;
    private readonly CsvDataReader _reader;
    private readonly char _delimiter;
    private readonly FileStream _file;
    private readonly Stream _stream;
    private long _nextLine = 1;

    private DelimitedRecords(string path, char delimiter, StreamReader text, FileStream file)
    {
        _path = path;
        _file = file;
        _stream = text.BaseStream;
        _delimiter = delimiter;
        _reader = CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = delimiter,
            Comment = '\0',
            CsvStyle = CsvStyle.Standard,
            ResultSetMode = ResultSetMode.SingleResult,
            BufferSize = BufferSize,
            MaxBufferSize = LargestRecord,
            OwnsReader = true,
        });
    }

    /// <summary>1-based line on which the record starts.</summary>
    public long Line { get; private set; }

    /// <summary>The part of the file that has been read, above 0 and up to 1.</summary>
    public double PartRead => Math.Clamp((double)_file.Position / _file.Length, double.Epsilon, 1);

    /// <summary>The number of fields of the record.</summary>
    public int FieldCount => _reader.RowFieldCount;

    /// <summary>Opens a file, works with its records and closes it; text that breaks the format becomes a clear error.</summary>
    /// <exception cref="GnnReRankException">The text is not usable.</exception>
    public static TResult Use<TResult>(string path, char delimiter, Func<DelimitedRecords, TResult> work)
    {
        DelimitedRecords? records = null;
        try
        {
            UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using StreamReader text = new(DelimitedInput.Open(path, out FileStream file), strict, detectEncodingFromByteOrderMarks: true);
            records = new DelimitedRecords(path, delimiter, text, file);
            return work(records);
        }
        catch (Exception fault) when (fault is DecoderFallbackException or CsvRecordTooLargeException or InvalidDataException or EndOfStreamException || IsFormatFault(fault))
        {
            string advice = fault is DecoderFallbackException ? "It is not UTF-8: save it with that encoding." : fault.Message;
            throw FormatErrors.Corrupt(path, "text", $"from line {records?._nextLine ?? 1} on it cannot be read. {advice}", fault);
        }
        finally
        {
            records?.Dispose();
        }
    }

    /// <summary>Goes to the next record that is not blank.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        while (_reader.Read())
        {
            Line = _nextLine;
            _nextLine += Math.Max(1, _reader.GetRawRecordSpan().Count('\n'));
            if (FieldCount > 1 || !_reader.GetFieldSpan(0).Trim().IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Verifies the checksum of a compressed file that is not read to its end, as far as that takes little time.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public void VerifyRest(CancellationToken cancellation) => (_stream as GzipMembers)?.VerifyRest(cancellation);

    /// <summary>One field of the record, without its quotes.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        ReadOnlySpan<char> field = _reader.GetFieldSpan(index);
        return field.Contains('\0')
            ? throw FormatErrors.Corrupt(_path, "text", $"line {Line} holds a NUL character: it looks like a binary file.")
            : field;
    }

    /// <summary>All fields of the record.</summary>
    public string[] Fields() => Enumerable.Range(0, FieldCount).Select(index => Field(index).Trim().ToString()).ToArray();

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

    public void Dispose() => _reader.Dispose();

    private static bool IsFormatFault(Exception fault) =>
        fault is CsvFormatException || fault.GetType().Namespace == typeof(CsvFormatException).Namespace;
}
