namespace GnnReRank.Packing;

/// <summary>How well a query was answered, in a pack.</summary>
internal static class QueryPack
{
    // A name, a label and a number of good images, five figures, a rank and a number of precisions: each takes one byte at least.
    private const int LeastBytes = 10;

    public static void Write(PackWriter writer, QueryAccuracy query)
    {
        writer.Text(query.QueryName);
        writer.Optional(query.QueryLabel);
        writer.Value(query.GoodCount);
        writer.Optional(query.AveragePrecision);
        writer.Optional(query.FirstMatchRank);
        writer.Optional(query.Rank1);
        writer.Optional(query.InversePenalty);
        writer.Optional(query.MapAtR);
        writer.Optional(query.RPrecision);
        PrecisionPack.Write(writer, query.Precisions);
    }

    public static QueryAccuracy[] ReadAll(PackReader reader)
    {
        QueryAccuracy[] queries = new QueryAccuracy[reader.Count(LeastBytes)];
        for (int i = 0; i < queries.Length; i++)
        {
            queries[i] = Read(reader, i);
        }

        return queries;
    }

    private static QueryAccuracy Read(PackReader reader, int index)
    {
        QueryAccuracy query = new()
        {
            QueryIndex = index,
            QueryName = reader.Text(),
            QueryLabel = reader.Optional<long>(),
            GoodCount = reader.Value<int>(),
            AveragePrecision = reader.OptionalShare(),
            FirstMatchRank = reader.Optional<int>(),
            Rank1 = reader.OptionalShare(),
            InversePenalty = reader.OptionalShare(),
            MapAtR = reader.OptionalShare(),
            RPrecision = reader.OptionalShare(),
            Precisions = Array.AsReadOnly(PrecisionPack.Read(reader)),
        };
        if (query.GoodCount < 0 || query.FirstMatchRank < 1)
        {
            throw PackReader.Broken($"query {index} has {query.GoodCount} good images, the first at rank {query.FirstMatchRank}");
        }

        return query;
    }
}
