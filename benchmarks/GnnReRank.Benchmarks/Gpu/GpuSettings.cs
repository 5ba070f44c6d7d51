namespace GnnReRank.Benchmarks;

/// <summary>What the verb "gpu" is asked to do.</summary>
internal sealed record GpuSettings
{
    public required ReRankDevice Device { get; init; }

    /// <summary>Null where they are not known.</summary>
    public required CardPeaks? Peaks { get; init; }

    public required IReadOnlyList<GpuShape> Shapes { get; init; }

    public required IReadOnlyList<ComputePrecision> Precisions { get; init; }

    public required GnnVariant Variant { get; init; }

    public required MadeSettings Made { get; init; }

    public required int Repeat { get; init; }

    /// <summary>Seconds after which no further warm run begins.</summary>
    public required int Budget { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    public required string Python { get; init; }

    public required string Report { get; init; }

    /// <summary>The device as torch calls it; null where torch cannot use it.</summary>
    public string? TorchDevice => Device.Kind switch
    {
        ReRankDeviceKind.Cuda => FormattableString.Invariant($"cuda:{Device.Index}"),
        ReRankDeviceKind.Cpu => "cpu",
        _ => null,
    };
}
