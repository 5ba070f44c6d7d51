using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>The matrix of a walk, and blocks of queries that walk side by side.</summary>
internal struct WalkArguments
{
    /// <summary>Where each row begins.</summary>
    public ArrayView<int> Offsets;

    /// <summary>The entries of each row.</summary>
    public ArrayView<int> Lengths;

    public ArrayView<int> Columns;

    public ArrayView<float> Values;

    /// <summary>
    /// For each block of queries Count x <see cref="WalkStepKernels.Lanes"/> values: F before the step.
    /// </summary>
    public ArrayView<float> Before;

    /// <summary>Receives F after the step.</summary>
    public ArrayView<float> After;

    /// <summary>What a unit of the logarithm is worth to each query.</summary>
    public ArrayView<float> Gains;

    /// <summary>Receives GalleryCount scores a query.</summary>
    public ArrayView<float> Scores;

    public int Count;

    public int QueryCount;

    public int GalleryCount;

    public int FirstQuery;

    /// <summary>Queries that walk.</summary>
    public int Walking;

    public float Restart;

    /// <summary>n / c.</summary>
    public float Density;

    /// <summary>Whether a score is gain * log(1 + density F), and not F.</summary>
    public int AddsToCosines;
}
