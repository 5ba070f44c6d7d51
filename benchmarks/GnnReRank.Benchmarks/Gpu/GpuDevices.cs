namespace GnnReRank.Benchmarks;

/// <summary>Chooses the device to measure.</summary>
internal static class GpuDevices
{
    /// <summary>The device of an id; without one, the best GPU: CUDA before OpenCL, then the most memory.</summary>
    /// <exception cref="GnnReRankException">There is no such device, or no usable GPU.</exception>
    public static ReRankDevice Choose(string? id)
    {
        IReadOnlyList<ReRankDevice> all = ReRankDevices.GetAll();
        if (id is not null)
        {
            ReRankDevices.Require(id);
        }

        ReRankDevice? found = all
            .Where(device => device.IsUsable)
            .Where(device => id is null
                ? device.Kind != ReRankDeviceKind.Cpu && !device.IsProcessor
                : device.Id.Equals(id, StringComparison.OrdinalIgnoreCase) ||
                    device.Kind.ToString().Equals(id, StringComparison.OrdinalIgnoreCase))
            .OrderBy(device => device.Kind)
            .ThenByDescending(device => device.MemoryBytes)
            .FirstOrDefault();
        return found ?? throw new GnnReRankException(
            "NoUsableGpu", ErrorKind.NotFound,
            $"no usable GPU; devices found: {string.Join(", ", all.Select(Describe))}. Name one with --device: a GPU needs its maker's " +
            "driver, and --device Cpu tries the command without one.");
    }

    private static string Describe(ReRankDevice device) => device.Reason is null ? $"{device}" : $"{device}: {device.Reason.TrimEnd('.')}";
}
