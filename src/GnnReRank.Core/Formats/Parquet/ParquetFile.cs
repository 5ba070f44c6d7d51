using GnnReRank.Formats.Files;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>An open Parquet file, for as long as <see cref="Use"/> works with it: its columns, and its row groups in turn.</summary>
internal sealed class ParquetFile
{
    private readonly ParquetFileReader _reader;

    private ParquetFile(string path, ParquetFileReader reader, CancellationToken cancellation)
    {
        _reader = reader;
        Path = path;
        Length = InputFile.LengthOf(path);
        Columns = ParquetColumn.All(reader.FileMetaData.Schema, cancellation);
        KeyValueMetadata = reader.FileMetaData.KeyValueMetadata;
    }

    public string Path { get; }

    /// <summary>The file's length in bytes.</summary>
    public long Length { get; }

    public IReadOnlyList<ParquetColumn> Columns { get; }

    public IReadOnlyDictionary<string, string> KeyValueMetadata { get; }

    public int RowGroupCount => _reader.FileMetaData.NumRowGroups;

    /// <summary>The number of rows the file claims to have; not to be trusted for an allocation.</summary>
    public long ClaimedRowCount => Math.Max(0, _reader.FileMetaData.NumRows);

    /// <summary>The number of values (nulls too) a column claims to have; not to be trusted for an allocation.</summary>
    public long ClaimedValueCount(ParquetColumn column)
    {
        long count = 0;
        for (int index = 0; index < RowGroupCount; index++)
        {
            using RowGroupReader group = RowGroup(index);
            count += Math.Clamp(group.MetaData.GetColumnChunkMetaData(column.Index).NumValues, 0, int.MaxValue);
        }

        return count;
    }

    /// <summary>Opens a file, works with it and closes it; whatever the native library finds wrong becomes a clear error.</summary>
    /// <exception cref="GnnReRankException">The file is not usable.</exception>
    public static TResult Use<TResult>(string path, CancellationToken cancellation, Func<ParquetFile, TResult> work)
    {
        try
        {
            using ReaderProperties properties = ReaderProperties.GetDefaultReaderProperties();

            // Not buffered: a buffered stream allocates what a page's header claims (up to 2 GB) before it reads, and an unbuffered
            // one takes the column's bytes of a row group as they are in the file.
            properties.DisableBufferedStream();
            properties.EnablePageChecksumVerification();
            ParquetFooter.Check(path);
            using ParquetFileReader reader = LibraryBoundary.CallOnce(() => new ParquetFileReader(path, properties));
            return work(new ParquetFile(path, reader, cancellation));
        }
        catch (Exception fault) when (fault is ParquetException or InvalidDataException)
        {
            throw FormatErrors.Corrupt(path, "Parquet", ParquetFaults.MessageOf(fault), fault);
        }
    }

    public RowGroupReader RowGroup(int index) => LibraryBoundary.CallOnce(() => _reader.RowGroup(index));

    /// <summary>The number of rows a row group claims to have; not to be trusted for an allocation.</summary>
    public static int RowCountOf(RowGroupReader group) => (int)Math.Clamp(group.MetaData.NumRows, 0, int.MaxValue);

    /// <exception cref="GnnReRankException">A row group holds other rows than it claims.</exception>
    public void RequireRows(int found, int claimed)
    {
        if (found != claimed)
        {
            throw FormatErrors.Corrupt(Path, "Parquet", $"a row group claims {claimed:N0} rows and holds {found:N0}.");
        }
    }
}
