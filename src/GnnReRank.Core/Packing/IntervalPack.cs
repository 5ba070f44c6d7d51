namespace GnnReRank.Packing;

/// <summary>An interval in a pack.</summary>
internal static class IntervalPack
{
    public static void Write(PackWriter writer, ConfidenceInterval? interval)
    {
        writer.Value(interval is not null);
        if (interval is not null)
        {
            writer.Value(interval.Lower);
            writer.Value(interval.Upper);
            writer.Value(interval.Level);
        }
    }

    public static ConfidenceInterval? Read(PackReader reader)
    {
        if (!reader.Flag())
        {
            return null;
        }

        ConfidenceInterval interval = new(reader.Value<double>(), reader.Value<double>(), reader.Share());
        return interval.Lower >= -1 && interval.Lower <= interval.Upper && interval.Upper <= 1 + PackReader.Rounding
            ? interval
            : throw PackReader.Broken($"an interval goes from {interval.Lower} to {interval.Upper}");
    }
}
