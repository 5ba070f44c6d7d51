using GnnReRank.Formats.Parquet;
using GnnReRank.Running;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Rankings;

/// <summary>Parquet with one row a (query, rank); a row group holds the lists of some queries, so that memory stays small.</summary>
internal sealed class ParquetRankingWriter : IRankingWriter
{
    private const int RowsPerGroup = 1 << 20;

    public void Write(string path, Ranking ranking, int depth, ComputeOptions options) =>
        Write(path, WrittenLists.Of(ranking), depth, options);

    /// <summary>The same for lists of some queries of a ranking.</summary>
    public static void Write(string path, WrittenLists lists, int depth, ComputeOptions options)
    {
        RankingColumns columns = new(lists, depth, options.CancellationToken);
        ParquetOutput.Write(
            path, Columns(lists), new Dictionary<string, string>(), writer => WriteRows(writer, columns, options));
    }

    private static List<Node> Columns(WrittenLists lists)
    {
        List<Node> columns =
        [
            ParquetOutput.Scalar("query_index", PhysicalType.Int32),
            ParquetOutput.Scalar("rank", PhysicalType.Int32),
            ParquetOutput.Scalar("gallery_index", PhysicalType.Int32),
            ParquetOutput.Scalar("score", PhysicalType.Float),
        ];
        AddKnown(columns, lists.Query, "query_name", "query_label");
        AddKnown(columns, lists.Gallery, "gallery_name", "gallery_label");
        return columns;
    }

    private static void AddKnown(List<Node> columns, FeatureMatrix? matrix, string name, string label)
    {
        if (matrix is { HasNames: true })
        {
            columns.Add(ParquetOutput.Text(name));
        }

        if (matrix is { HasLabels: true })
        {
            columns.Add(ParquetOutput.Scalar(label, PhysicalType.Int64));
        }
    }

    private static void WriteRows(ParquetFileWriter writer, RankingColumns columns, ComputeOptions options)
    {
        for (int first = 0, end; first < columns.QueryCount; first = end)
        {
            end = EndOfGroup(columns, first);
            using RowGroupWriter group = writer.AppendRowGroup();
            columns.Write(group, first, end);
            options.Progress?.Report(new StageProgress("Write ranking", end, columns.QueryCount, StageUnits.Queries));
        }
    }

    /// <summary>The query after those whose lists fit one row group; at least one does.</summary>
    private static int EndOfGroup(RankingColumns columns, int first)
    {
        int end = first;
        long rows = 0;
        while (end < columns.QueryCount && (end == first || rows + columns.LengthOf(end) <= RowsPerGroup))
        {
            rows += columns.LengthOf(end);
            end++;
        }

        return end;
    }
}
