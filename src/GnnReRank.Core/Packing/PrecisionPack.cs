namespace GnnReRank.Packing;

/// <summary>Precisions at ranks in a pack.</summary>
internal static class PrecisionPack
{
    public static void Write(PackWriter writer, IReadOnlyList<PrecisionAtRank> precisions)
    {
        writer.Value(precisions.Count);
        foreach (PrecisionAtRank at in precisions)
        {
            writer.Value(at.Rank);
            writer.Value(at.Precision);
        }
    }

    public static PrecisionAtRank[] Read(PackReader reader)
    {
        PrecisionAtRank[] precisions = new PrecisionAtRank[reader.Count(sizeof(int) + sizeof(double))];
        for (int i = 0; i < precisions.Length; i++)
        {
            precisions[i] = new PrecisionAtRank(AccuracyPackChecks.RequireRank(reader.Value<int>()), reader.Share());
        }

        return precisions;
    }
}
