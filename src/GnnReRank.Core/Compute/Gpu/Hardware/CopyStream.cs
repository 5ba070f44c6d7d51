namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>The streams of copies, which run beside kernels and beside each other.</summary>
internal enum CopyStream
{
    /// <summary>Rows to the device.</summary>
    Up,

    /// <summary>Results from it, by turns with the next.</summary>
    FirstDown,

    /// <summary>Results from it.</summary>
    SecondDown,
}
