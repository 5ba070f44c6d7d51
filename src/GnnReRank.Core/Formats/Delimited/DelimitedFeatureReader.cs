using GnnReRank.Compute;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Delimited;

/// <summary>Features from comma- or tab-separated text: one column a dimension, with or without a header line.</summary>
internal sealed class DelimitedFeatureReader : IFeatureReader
{
    private readonly char _delimiter;

    /// <summary>Makes the reader of one of the two formats.</summary>
    public DelimitedFeatureReader(FeatureFormat format)
    {
        Format = format;
        _delimiter = DelimitedFormats.DelimiterOf(format);
        Extensions = DelimitedFormats.ExtensionsOf(format);
    }

    public FeatureFormat Format { get; }

    public IReadOnlyList<string> Extensions { get; }

    public bool Recognizes(ReadOnlySpan<byte> head) => DelimitedFormats.LooksLikeText(DelimitedInput.Head(head));

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        DelimitedRecords.Use(path, _delimiter, options.Compute.CancellationToken, records => Read(path, records, options));

    private IReadOnlyList<FeatureTable> Read(string path, DelimitedRecords records, FeatureReadOptions options)
    {
        DelimitedHeader header = Header(path, records, options.Compute.CancellationToken);
        ColumnRoles roles = ColumnRoleFinder.Find(path, header.Columns, options, takeAllNumbers: true);
        DelimitedTables tables = new(path, header.Columns, roles, options, records);
        long read = 0;
        do
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            tables.AddRecord();
            if (records.BytesRead != read)
            {
                read = records.BytesRead;
                options.Compute.Progress?.Report(new StageProgress("Read features", read, records.ByteCount, StageUnits.Bytes));
            }
        }
        while (!tables.AreComplete && records.Read());

        return tables.ToTables();
    }

    // Leaves the records at the first line with data.
    private DelimitedHeader Header(string path, DelimitedRecords records, CancellationToken cancellation)
    {
        if (!records.Read())
        {
            throw Empty(path, "holds no line with text");
        }

        string[] first = records.Fields();
        RefuseOtherDelimiter(path, first);
        if (!DelimitedHeader.IsHeader(first))
        {
            return DelimitedHeader.Unnamed(first);
        }

        if (!records.Read())
        {
            throw Empty(path, "holds a header line and no row");
        }

        records.Require(first.Length);
        return DelimitedHeader.Named(first, records.Fields(), cancellation);
    }

    private void RefuseOtherDelimiter(string path, string[] first)
    {
        if (first.Length > 1)
        {
            return;
        }

        int other = first[0].AsSpan().IndexOfAny(",;\t");
        if (other >= 0)
        {
            string advice = first[0][other] switch
            {
                '\t' => "tabs: say -Format Tsv",
                ',' => "commas: say -Format Csv",
                _ => "semicolons: save it with commas, and points in the numbers",
            };
            throw new GnnReRankException(
                "WrongDelimiter", ErrorKind.InvalidData, $"'{path}' is read as {Format}, and its fields seem to be separated by {advice}.");
        }
    }

    private static GnnReRankException Empty(string path, string what) =>
        new("EmptyFeatureMatrix", ErrorKind.InvalidData, $"'{path}' {what}: at least one row of numbers is needed.");
}
