using GnnReRank.Formats.Parquet;
using ParquetSharp;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads runs from Parquet: one row a (query, gallery image).</summary>
internal sealed class ParquetRunReader : IRunReader
{
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(path, "row (0-based)");
        RunBuilder builder = new(source, query, gallery, options, isTrec: false);
        ParquetFile.Use(path, options.Compute.CancellationToken, file =>
        {
            RunColumns columns = RunColumns.Find(path, [.. file.Columns.Select(column => column.Info.IsList ? string.Empty : column.Name)], options.ScoreKind);
            long rows = 0;
            for (int index = 0; index < file.RowGroupCount; index++)
            {
                using RowGroupReader group = file.RowGroup(index);
                using ParquetRunRows cursor = new(source, file, group, columns, rows);
                rows += ReadGroup(cursor, builder, options);
                options.Compute.Progress?.Report(new StageProgress(RunPath.Stage, index + 1, file.RowGroupCount, "row groups"));
            }

            return true;
        });
        return builder.Build(RunPath.SettingsOf(path), RankingOrder.Rank);
    }

    private static long ReadGroup(ParquetRunRows rows, RunBuilder builder, RankingReadOptions options)
    {
        long count = 0;
        while (rows.MoveNext())
        {
            if (count++ % ParquetBatches<long>.Size == 0)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
            }

            int query = builder.FindQuery(rows.Name(RunColumn.QueryName), rows.Whole(RunColumn.QueryIndex), rows.Whole(RunColumn.QueryLabel), rows.Row);
            int gallery = query == RunSide.Unknown
                ? RunSide.Unknown
                : builder.FindGallery(rows.Name(RunColumn.GalleryName), rows.Whole(RunColumn.GalleryIndex), rows.Whole(RunColumn.GalleryLabel), rows.Row);
            if (gallery != RunSide.Unknown)
            {
                builder.Add(query, gallery, rows.Score, rows.Whole(RunColumn.Rank), rows.Row);
            }
        }

        return count;
    }
}
