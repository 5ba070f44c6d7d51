using GnnReRank.Transforming;

namespace GnnReRank.Packing;

/// <summary>A <see cref="FeatureTransform"/> in a pack.</summary>
internal static class TransformPack
{
    public static void Write(PackWriter writer, FeatureTransform transform)
    {
        writer.Reserve(
            (long)transform.Dimension * transform.OutputDimension * (transform.Variances is null ? 0 : sizeof(double)));
        writer.Values(TransformBytes.Of(transform));
    }

    public static FeatureTransform Read(PackReader reader) =>
        TransformBytes.Read(reader.Values<byte>(), out string? fault) ?? throw PackReader.Broken(fault!);
}
