namespace GnnReRank.Packing;

/// <summary>A <see cref="Ranking"/> in a pack, with its matrices.</summary>
internal static class RankingPack
{
    public static void Write(PackWriter writer, Ranking ranking)
    {
        writer.Reserve((long)ranking.QueryCount * ranking.Depth * (sizeof(int) + sizeof(float)));
        MatrixPack.WritePair(writer, ranking.Query, ranking.Gallery);
        SettingsPack.Write(writer, ranking.Settings);
        writer.Value(ranking.Depth);
        for (int query = 0; query < ranking.QueryCount; query++)
        {
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
        int depth = reader.Value<int>();
        if (depth < 1 || depth > gallery.RowCount)
        {
            throw PackReader.Broken($"lists of {depth} of {gallery.RowCount} gallery rows are announced");
        }

        reader.Require((long)query.RowCount * depth * (sizeof(int) + sizeof(float)));
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = new(query.RowCount, depth);
        int[] namedBy = new int[gallery.RowCount];
        Array.Fill(namedBy, -1);
        for (int row = 0; row < query.RowCount; row++)
        {
            reader.Raw<int>(depth).CopyTo(indices[row]);
            reader.Raw<float>(depth).CopyTo(scores[row]);
            CheckList(row, indices[row], scores[row], namedBy);
        }

        return new Ranking(query, gallery, indices, scores, settings);
    }

    /// <param name="query">0-based query row.</param>
    /// <param name="indices">Its list.</param>
    /// <param name="scores">The scores of the list.</param>
    /// <param name="namedBy">The query whose list named each gallery row last.</param>
    private static void CheckList(int query, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int[] namedBy)
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

            if (!float.IsFinite(scores[position]) || (position > 0 && scores[position] > scores[position - 1]))
            {
                throw PackReader.Broken($"the scores of query {query} do not go down at rank {position + 1}");
            }

            namedBy[index] = query;
        }
    }
}
