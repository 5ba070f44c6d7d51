using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;

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

        if (IsRemark(records) && !records.Read())
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

        // numpy.savetxt writes its header as a comment.
        first[0] = first[0].StartsWith('#') ? first[0].TrimStart('#', ' ') : first[0];

        records.Require(first.Length);
        return DelimitedHeader.Named(first, records.Fields(), cancellation);
    }

    // What Windows PowerShell's Export-Csv and Excel write before the header: '#TYPE System.Object', 'sep=,'.
    private bool IsRemark(DelimitedRecords records) =>
        records.Field(0).StartsWith("#TYPE ", StringComparison.OrdinalIgnoreCase)
        || (records.FieldCount == 1 && records.Field(0).Equals($"sep={_delimiter}", StringComparison.OrdinalIgnoreCase))
        || (records.FieldCount == 2 && records.Field(0).Equals("sep=", StringComparison.OrdinalIgnoreCase) && records.Field(1).IsEmpty);

    private void RefuseOtherDelimiter(string path, string[] first)
    {
        string? advice = OtherDelimiter(first) switch
        {
            null => null,
            '\t' => "tabs: say -Format Tsv",
            ',' => "commas: say -Format Csv",
            ';' => "semicolons: save it with commas, and points in the numbers",
            char other => $"'{other}': save it with commas",
        };
        if (advice is not null)
        {
            throw new GnnReRankException(
                "WrongDelimiter", ErrorKind.InvalidData, $"'{path}' is read as {Format}, and its fields seem to be separated by {advice}.");
        }
    }

    private char? OtherDelimiter(string[] first)
    {
        if (first.Length > 1)
        {
            return AreDecimalCommas(string.Join(_delimiter, first)) ? ';' : null;
        }

        const string mark = "sep=";
        if (first[0].StartsWith(mark, StringComparison.OrdinalIgnoreCase))
        {
            // Of a tab nothing is left.
            return first[0].Length > mark.Length ? first[0][mark.Length] : '\t';
        }

        int other = first[0].AsSpan().IndexOfAny(",;\t");
        return other < 0 ? null : first[0][other];
    }

    // '1,5;0,25': numbers of half the world, which commas tear apart.
    private static bool AreDecimalCommas(string line)
    {
        string[] parts = line.Split(';');
        return parts.Length > 1 && Array.TrueForAll(parts, part => DelimitedText.TryParse(part.Replace(',', '.'), out _));
    }

    private static GnnReRankException Empty(string path, string what) =>
        new("EmptyFeatureMatrix", ErrorKind.InvalidData, $"'{path}' {what}: at least one row of numbers is needed.");
}
