using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Rankings.Runs;
using GnnReRank.Running;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>Graphs in comma- or tab-separated text with a header: one line a pair of rows.</summary>
internal static class TextTables
{
    private const int RecordsPerCheck = 4096;

    /// <summary>The endings that are read, also before .gz.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".tsv"];

    /// <summary>Reads a graph.</summary>
    /// <exception cref="GnnReRankException">The text is not a usable graph.</exception>
    public static NeighborGraph Read(string path, GraphReadOptions options)
    {
        InputFile.Require(path, "the path of a graph file");
        char delimiter = RunPath.BareEnding(path) == ".tsv" ? '\t' : ',';
        return DelimitedRecords.Use(
            path, delimiter, options.Compute.CancellationToken, records => Read(path, records, options));
    }

    private static NeighborGraph Read(string path, DelimitedRecords records, GraphReadOptions options)
    {
        RunSource source = new(path, "line");
        string[] names = records.Read() ? records.Fields() : [];
        GraphColumns columns = GraphColumns.OfPairs(path, names) ?? throw GraphColumns.Missing(path, names);
        GraphScoreKind kind = GraphColumns.KindOf(path, names[columns.Score], options.ScoreKind);
        PairTable table = new(source, options, isUnordered: true);
        CsvRunRecord record = new(source, records, names);
        for (long count = 0; records.Read(); count++)
        {
            if (count % RecordsPerCheck == 0)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                options.Compute.Progress?.Report(
                    new StageProgress("Read graph", records.BytesRead, records.ByteCount, StageUnits.Bytes));
            }

            records.Require(names.Length);
            int row = table.Ids.Find(record.Text(columns.Source).Trim(), records.Line);
            table.Open(row, records.Line);
            int target = table.Ids.Find(record.Text(columns.Target).Trim(), records.Line);
            table.Add(row, target, Score(record, records.Line));
        }

        return GraphBuilder.Build(table.ToLists(), kind, options);

        float Score(CsvRunRecord found, long line) => (float)(found.Number(columns.Score) ?? throw source.Error(
            "BadField", line, $"has nothing in the column '{names[columns.Score]}', and a number is expected."));
    }
}
