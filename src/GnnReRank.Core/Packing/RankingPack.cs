namespace GnnReRank.Packing;

/// <summary>A <see cref="Ranking"/> in a pack, with its matrices.</summary>
internal static class RankingPack
{
    public static void Write(PackWriter writer, Ranking ranking)
    {
        writer.Reserve((long)ranking.QueryCount * ranking.Depth * (sizeof(int) + sizeof(float)));
        MatrixPack.WritePair(writer, ranking.Query, ranking.Gallery);
        SettingsPack.Write(writer, ranking.Settings);
        for (int query = 0; query < ranking.QueryCount; query++)
        {
            writer.Value(ranking.GetDepth(query));
            writer.Raw(ranking.GetIndexSpan(query));
            writer.Raw(ranking.GetScoreSpan(query));
        }
    }

    public static Ranking Read(PackReader reader)
    {
        if (MatrixPack.ReadPair(reader) is not (FeatureMatrix query, FeatureMatrix gallery))
        {
            throw PackReader.Broken("a ranking needs a query and a gallery matrix");
        }

        RankingSettings settings = SettingsPack.Read(reader);
        int[][] indices = new int[query.RowCount][];
        float[][] scores = new float[query.RowCount][];
        int[] namedBy = new int[gallery.RowCount];
        Array.Fill(namedBy, -1);
        for (int row = 0; row < query.RowCount; row++)
        {
            int depth = reader.Value<int>();
            if (depth < 0 || depth > gallery.RowCount)
            {
                throw PackReader.Broken($"query {row} lists {depth} of {gallery.RowCount} gallery rows");
            }

            indices[row] = reader.Raw<int>(depth);
            scores[row] = reader.Raw<float>(depth);
            CheckList(row, indices[row], scores[row], namedBy, mustFall: settings is not ImportedSettings);
        }

        return new Ranking(query, gallery, Lists(indices), Lists(scores), settings);
    }

    private static IRowLists<T> Lists<T>(T[][] lists)
        where T : unmanaged
    {
        int width = lists[0].Length;
        if (lists.Any(list => list.Length != width))
        {
            return new RaggedRows<T>(lists);
        }

        RowBlocks<T> rows = new(lists.Length, width);
        for (int row = 0; row < lists.Length; row++)
        {
            lists[row].CopyTo(rows[row]);
        }

        return rows;
    }

    /// <param name="query">0-based query row.</param>
    /// <param name="indices">Its list.</param>
    /// <param name="scores">The scores of the list.</param>
    /// <param name="namedBy">The query whose list named each gallery row last.</param>
    /// <param name="mustFall">Whether scores go down; a run of another system may be ordered by its ranks.</param>
    private static void CheckList(int query, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int[] namedBy, bool mustFall)
    {
        for (int position = 0; position < indices.Length; position++)
        {
            int index = indices[position];
            if (index < 0 || index >= namedBy.Length)
            {
                throw PackReader.Broken($"query {query} lists gallery row {index} of {namedBy.Length:N0}");
            }

            if (namedBy[index] == query)
            {
                throw PackReader.Broken($"query {query} lists gallery row {index} twice");
            }

            if (!float.IsFinite(scores[position]) || (mustFall && position > 0 && scores[position] > scores[position - 1]))
            {
                throw PackReader.Broken($"the scores of query {query} do not go down at rank {position + 1}");
            }

            namedBy[index] = query;
        }
    }
}
