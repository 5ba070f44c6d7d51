using GnnReRank.Compute;
using GnnReRank.Formats.Parquet;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Rankings;

/// <summary>Parquet with one row a (query, rank); a row group holds the lists of some queries, so that memory stays small.</summary>
internal sealed class ParquetRankingWriter : IRankingWriter
{
    private const int RowsPerGroup = 1 << 20;

    public void Write(string path, Ranking ranking, int depth, ComputeOptions options)
    {
        RankingColumns columns = new(ranking, depth, options.CancellationToken);
        ParquetOutput.Write(path, Columns(ranking), new Dictionary<string, string>(), writer => WriteRows(writer, columns, options));
    }

    private static List<Node> Columns(Ranking ranking)
    {
        List<Node> columns =
        [
            ParquetOutput.Scalar("query_index", PhysicalType.Int32),
            ParquetOutput.Scalar("rank", PhysicalType.Int32),
            ParquetOutput.Scalar("gallery_index", PhysicalType.Int32),
            ParquetOutput.Scalar("score", PhysicalType.Float),
        ];
        AddKnown(columns, ranking.Query, "query_name", "query_label");
        AddKnown(columns, ranking.Gallery, "gallery_name", "gallery_label");
        return columns;
    }

    private static void AddKnown(List<Node> columns, FeatureMatrix matrix, string name, string label)
    {
        if (matrix.HasNames)
        {
            columns.Add(ParquetOutput.Text(name));
        }

        if (matrix.HasLabels)
        {
            columns.Add(ParquetOutput.Scalar(label, PhysicalType.Int64));
        }
    }

    private static void WriteRows(ParquetFileWriter writer, RankingColumns columns, ComputeOptions options)
    {
        int queriesPerGroup = Math.Max(1, RowsPerGroup / columns.Depth);
        for (int first = 0; first < columns.QueryCount; first += queriesPerGroup)
        {
            int end = Math.Min(first + queriesPerGroup, columns.QueryCount);
            using RowGroupWriter group = writer.AppendRowGroup();
            columns.Write(group, first, end);
            options.Progress?.Report(new StageProgress("Write ranking", end, columns.QueryCount, StageUnits.Queries));
        }
    }
}
