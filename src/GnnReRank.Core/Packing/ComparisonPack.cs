using GnnReRank.Evaluation.Comparison;

namespace GnnReRank.Packing;

/// <summary>A <see cref="RetrievalComparison"/> in a pack: both results and what was drawn; the differences are taken again.</summary>
internal static class ComparisonPack
{
    public static void Write(PackWriter writer, RetrievalComparison comparison)
    {
        AccuracyPack.Write(writer, comparison.Before);
        AccuracyPack.Write(writer, comparison.After);
        IntervalPack.Write(writer, comparison.DifferenceInterval);
        writer.Value(comparison.PValue);
        writer.Value(comparison.Alpha);
        writer.Value(comparison.Seed);
        writer.Value(Math.Max(comparison.MostGained.Count, comparison.MostLost.Count));
    }

    public static RetrievalComparison Read(PackReader reader)
    {
        RetrievalAccuracy before = AccuracyPack.Read(reader);
        RetrievalAccuracy after = AccuracyPack.Read(reader);
        ComparisonChecks.Check(before, after);
        ConfidenceInterval interval = IntervalPack.Read(reader) ?? throw PackReader.Broken("the interval is missing");
        double pValue = reader.Share();
        ComparisonSettings settings = new() { Alpha = reader.Value<double>(), Seed = reader.Value<int>(), Top = reader.Value<int>() };
        ComparisonChecks.Check(settings);
        return new PairedQueries(before, after).Compared(interval, pValue, settings);
    }
}
