using GnnReRank.Benchmarks;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The made features of a shape, with the labels and cameras that they were made by.</summary>
internal sealed record JobFeatures(KitShape Shape, FeatureMatrix Query, FeatureMatrix Gallery)
{
    public static JobFeatures Of(KitShape shape)
    {
        MadeFeatures made = new(shape.Job, new MadeSettings());
        return new JobFeatures(shape, made.Query(), made.Gallery());
    }

    /// <summary>The values of a vertex, queries first.</summary>
    public ReadOnlySpan<float> Row(int vertex) =>
        vertex < Query.RowCount ? Query.GetRowSpan(vertex) : Gallery.GetRowSpan(vertex - Query.RowCount);
}
