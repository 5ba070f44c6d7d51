namespace GnnReRank.Packing;

/// <summary>A <see cref="RetrievalAccuracy"/> in a pack.</summary>
internal static class AccuracyPack
{
    public static void Write(PackWriter writer, RetrievalAccuracy accuracy)
    {
        writer.Optional(accuracy.mAP);
        writer.Optional(accuracy.mAPAtDepth);
        writer.Text(accuracy.MeanName);
        writer.Optional(accuracy.mINP);
        writer.Optional(accuracy.MapAtR);
        writer.Optional(accuracy.RPrecision);
        writer.Optional(accuracy.RecallAtOnePercent);
        PrecisionPack.Write(writer, accuracy.MeanPrecisions);
        writer.Optional(accuracy.Difficulty);
        writer.Optional(accuracy.Draws);
        writer.Optional(accuracy.Seed);
        IntervalPack.Write(writer, accuracy.MeanInterval);
        IntervalPack.Write(writer, accuracy.Rank1Interval);
        writer.Values<double>([.. accuracy.Cmc]);
        writer.Values<int>([.. accuracy.Ranks.Select(at => at.Rank)]);
        writer.Value(accuracy.ValidQueryCount);
        writer.Value(accuracy.GalleryCount);
        writer.Value(accuracy.OwnImageCount);
        writer.Value(accuracy.Depth);
        writer.Value(accuracy.Protocol);
        writer.Value(accuracy.ApKind);
        writer.Value(accuracy.Divisor);
        SettingsPack.Write(writer, accuracy.Settings);
        writer.Value(accuracy.PerQuery.Count);
        foreach (QueryAccuracy query in accuracy.PerQuery)
        {
            QueryPack.Write(writer, query);
        }
    }

    public static RetrievalAccuracy Read(PackReader reader)
    {
        // Read one by one: the parts lie in this order.
        double? mAP = reader.OptionalShare();
        double? mAPAtDepth = reader.OptionalShare();
        string meanName = reader.RequiredText();
        double? mINP = reader.OptionalShare();
        double? mapAtR = reader.OptionalShare();
        double? rPrecision = reader.OptionalShare();
        double? recallAtOnePercent = reader.OptionalShare();
        PrecisionAtRank[] meanPrecisions = PrecisionPack.Read(reader);
        Difficulty? difficulty = reader.OptionalChoice<Difficulty>();
        int? draws = reader.Optional<int>();
        int? seed = reader.Optional<int>();
        ConfidenceInterval? meanInterval = IntervalPack.Read(reader);
        ConfidenceInterval? rank1Interval = IntervalPack.Read(reader);
        double[] cmc = AccuracyPackChecks.Curve(reader.Values<double>());
        RankAccuracy[] ranks = AccuracyPackChecks.Ranks(reader.Values<int>(), cmc);
        int validQueryCount = reader.Value<int>();
        int galleryCount = reader.Value<int>();
        int ownImageCount = reader.Value<int>();
        int depth = reader.Value<int>();
        EvaluationProtocol protocol = reader.Choice<EvaluationProtocol>();
        ApKind apKind = reader.Choice<ApKind>();
        QueryDivisor divisor = reader.Choice<QueryDivisor>();
        RankingSettings settings = SettingsPack.Read(reader);
        QueryAccuracy[] queries = QueryPack.ReadAll(reader);
        RetrievalAccuracy accuracy = new()
        {
            mAP = mAP,
            mAPAtDepth = mAPAtDepth,
            MeanName = meanName,
            mINP = mINP,
            MapAtR = mapAtR,
            RPrecision = rPrecision,
            RecallAtOnePercent = recallAtOnePercent,
            MeanPrecisions = Array.AsReadOnly(meanPrecisions),
            Difficulty = difficulty,
            Draws = draws,
            Seed = seed,
            MeanInterval = meanInterval,
            Rank1Interval = rank1Interval,
            Cmc = Array.AsReadOnly(cmc),
            Ranks = Array.AsReadOnly(ranks),
            QueryCount = queries.Length,
            ValidQueryCount = validQueryCount,
            GalleryCount = galleryCount,
            OwnImageCount = ownImageCount,
            Depth = depth,
            Protocol = protocol,
            ApKind = apKind,
            Divisor = divisor,
            Settings = settings,
            PerQuery = Array.AsReadOnly(queries),
        };
        AccuracyPackChecks.Whole(accuracy);
        return accuracy;
    }
}
