using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// An open Arrow IPC file or stream: its schema, and its record batches in turn. A file is a stream behind its first 8 bytes, with
/// the schema once more in its footer, so both are read alike.
/// </summary>
internal sealed class ArrowFile
{
    private const int FileStart = 8;

    private readonly FileStream _file;
    private readonly long _start;
    private readonly ArrowStreamReader _reader;
    private readonly LibraryBoundary _library;

    private ArrowFile(FileStream file, string path, long start, long length, ArrowStreamReader reader, LibraryBoundary library)
    {
        Path = path;
        Length = length;
        _file = file;
        _start = start;
        _reader = reader;
        _library = library;
        // A stream that ends before its schema has none, and the library does not say so.
        Schema = library.Call(() => reader.Schema) ?? throw new InvalidDataException("it has no schema");
    }

    public string Path { get; }

    public Schema Schema { get; }

    /// <summary>The name of a column.</summary>
    public string NameOf(int position) => Schema.GetFieldByIndex(position).Name;

    /// <summary>The bytes of all messages.</summary>
    public long Length { get; }

    /// <summary>The bytes read so far.</summary>
    public long Position => _file.Position - _start;

    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1\0\0"u8);

    public static bool IsFeather1(ReadOnlySpan<byte> head) => head.StartsWith("FEA1"u8);

    /// <summary>A stream's first message starts with the continuation mark.</summary>
    public static bool IsStream(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]);

    /// <summary>Opens a file, works with it and closes it; whatever the library finds wrong becomes a clear error.</summary>
    /// <exception cref="GnnReRankException">The file is not usable.</exception>
    public static TResult Use<TResult>(string path, CancellationToken cancellation, Func<ArrowFile, TResult> work)
    {
        try
        {
            using FileStream file = InputFile.OpenRead(path);
            byte[] head = new byte[FileStart];
            int length = file.ReadAtLeast(head, FileStart, throwOnEndOfStream: false);
            if (IsFeather1(head.AsSpan(0, length)))
            {
                throw FormatErrors.Unsupported(path, "this is a Feather version 1 file, which is not read. Save it with version 2: pyarrow.feather.write_feather(table, path, version=2), or as Parquet.");
            }

            ArrowFooter? footer = IsFile(head) ? ArrowFooter.Read(file, path) : null;
            long start = footer is null ? 0 : FileStart;
            file.Position = start;
            long end = ArrowMessages.Check(file, path, footer, cancellation);
            file.Position = start;
            using BoundedStream messages = new(file, end - start);
            using JoinedStream joined = new(footer?.SchemaMessage ?? [], messages);
            LibraryBoundary library = new();
            using LibraryStream guarded = new(joined, library);
            using ArrowStreamReader reader = library.Call(
                () => new ArrowStreamReader(guarded, new ArrowMemory(file.Length), new CompressionCodecFactory(), leaveOpen: true));
            return work(new ArrowFile(file, path, start, end - start, reader, library));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, nameof(FeatureFormat.Arrow), $"it is cut short or damaged ({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    /// <summary>The next record batch; null after the last.</summary>
    /// <exception cref="InvalidDataException">It has other columns than the schema.</exception>
    public RecordBatch? Next()
    {
        RecordBatch? batch = _library.Call(_reader.ReadNextRecordBatch);
        return batch is null || (batch.ColumnCount == Schema.FieldsList.Count && batch.Length >= 0)
            ? batch
            : throw new InvalidDataException($"a record batch has {batch.ColumnCount:N0} columns of {batch.Length:N0} rows, and the schema {Schema.FieldsList.Count:N0} columns");
    }
}
