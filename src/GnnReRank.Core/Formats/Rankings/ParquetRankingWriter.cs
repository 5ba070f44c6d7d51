using GnnReRank.Formats.Parquet;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Rankings;

/// <summary>Parquet with one row a (query, rank); a row group holds the lists of some queries, so that memory stays small.</summary>
internal sealed class ParquetRankingWriter : IRankingWriter
{
    private const int RowsPerGroup = 1 << 20;

    public void Write(string path, Ranking ranking, int depth, ComputeOptions options) =>
        ParquetOutput.Write(path, Columns(ranking), new Dictionary<string, string>(), writer => WriteRows(writer, ranking, depth, options));

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

    private static void WriteRows(ParquetFileWriter writer, Ranking ranking, int depth, ComputeOptions options)
    {
        int queriesPerGroup = Math.Max(1, RowsPerGroup / depth);
        for (int first = 0; first < ranking.QueryCount; first += queriesPerGroup)
        {
            int count = Math.Min(queriesPerGroup, ranking.QueryCount - first);
            using RowGroupWriter group = writer.AppendRowGroup();
            WriteGroup(group, new RankingBlock(ranking, first, count, depth), options.CancellationToken);
            options.Progress?.Report(new StageProgress("Write ranking", first + count, ranking.QueryCount));
        }
    }

    private static void WriteGroup(RowGroupWriter group, RankingBlock block, CancellationToken cancellation)
    {
        ParquetOutput.WriteNext<int>(group, block.QueryRows, cancellation);
        ParquetOutput.WriteNext<int>(group, block.Ranks(), cancellation);
        ParquetOutput.WriteNext<int>(group, block.GalleryRows, cancellation);
        ParquetOutput.WriteNext<float>(group, block.Scores(), cancellation);
        WriteKnown(group, block.Query, block.QueryRows, cancellation);
        WriteKnown(group, block.Gallery, block.GalleryRows, cancellation);
    }

    private static void WriteKnown(RowGroupWriter group, FeatureMatrix matrix, int[] rows, CancellationToken cancellation)
    {
        if (matrix.HasNames)
        {
            ParquetOutput.WriteNext(group, Array.ConvertAll(rows, row => matrix.NameSpan[row]), cancellation);
        }

        if (matrix.HasLabels)
        {
            ParquetOutput.WriteNext<long>(group, Array.ConvertAll(rows, row => matrix.LabelSpan[row]), cancellation);
        }
    }
}
