namespace GnnReRank;

/// <summary>How a long call runs: threads, cancellation, and where it reports to. Every callback may come from any thread.</summary>
public sealed record ComputeOptions
{
    // Beyond a few threads a core there is nothing to gain, and each holds buffers of its own.
    private const int MostThreadsPerCore = 4;

    /// <summary>All cores, no reports, no cancellation.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>The number of threads; 0 takes one a core, and no more than four a core are started. The result is the same bits for every number.</summary>
    public int ThrottleLimit { get; init; }

    /// <summary>Receives the progress of each stage.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Receives a line for people at the end of each stage: sizes and time.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Receives what people should know though the call goes on: a device that failed, for one.</summary>
    /// <remarks>What a warning quotes of a file is shown through <see cref="DisplayText"/>.</remarks>
    public Action<string>? Warn { get; init => field = value is null ? null : warning => value(DisplayText.Of(warning)); }

    /// <summary>Where the call runs: Auto, Cpu, Cuda, OpenCL, or one of several as Cuda:1. Auto takes the best GPU that can hold the job, else the processor.</summary>
    public string Device { get; init; } = "Auto";

    /// <summary>How exact a GPU computes.</summary>
    public ComputePrecision Precision { get; init; }

    /// <summary>Checked between tiles, so that a call stops well within 500 ms.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The number of threads, resolved.</summary>
    internal int ThreadCount => ThrottleLimit > 0
        ? (int)Math.Min(ThrottleLimit, (long)MostThreadsPerCore * Environment.ProcessorCount)
        : Environment.ProcessorCount;
}
