namespace GnnReRank.Packing;

/// <summary>A <see cref="GraphApproximation"/> in a pack, or that there is none.</summary>
internal static class ApproximationPack
{
    public static void Write(PackWriter writer, GraphApproximation? approximation)
    {
        writer.Optional(approximation?.Recall);
        if (approximation is not null)
        {
            writer.Value(approximation.SampledRows);
            writer.Text(approximation.Origin);
        }
    }

    public static GraphApproximation? Read(PackReader reader)
    {
        if (reader.OptionalShare() is not double recall)
        {
            return null;
        }

        int sampled = reader.Value<int>();
        return sampled > 0
            ? new GraphApproximation(recall, sampled, reader.RequiredText())
            : throw PackReader.Broken($"recall was measured on {sampled} rows");
    }
}
