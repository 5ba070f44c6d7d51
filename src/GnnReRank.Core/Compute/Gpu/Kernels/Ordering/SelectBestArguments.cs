namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>The arguments of <see cref="RankKernels.SelectBest"/>.</summary>
internal struct SelectBestArguments
{
    public RankSource Source;

    /// <summary>The result, at most <see cref="RankKernels.MaxSelected"/> deep and less than a row.</summary>
    public RankTarget Target;
}
