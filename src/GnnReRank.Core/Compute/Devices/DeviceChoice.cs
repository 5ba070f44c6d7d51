using System.Globalization;

namespace GnnReRank.Compute.Devices;

/// <summary>What a call asks for: Auto, Cpu, Cuda, Cuda:1, OpenCL, OpenCL:0.</summary>
/// <param name="Kind">The kind of device; null lets the engine choose.</param>
/// <param name="Index">The place among those of the kind; null takes the first that is usable.</param>
internal readonly record struct DeviceChoice(ReRankDeviceKind? Kind, int? Index)
{
    private const string Automatic = "Auto";

    public bool IsAuto => Kind is null;

    public bool IsCpu => Kind == ReRankDeviceKind.Cpu;

    /// <summary>Reads a choice; upper and lower case are one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="devices">The devices here, asked for only to word an error.</param>
    /// <exception cref="GnnReRankException">The text is no choice.</exception>
    public static DeviceChoice Parse(string? text, Func<IReadOnlyList<ReRankDevice>> devices)
    {
        string[] parts = (text ?? string.Empty).Trim().Split(':');
        if (parts is [string only] && only.Equals(Automatic, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        foreach (ReRankDeviceKind kind in Enum.GetValues<ReRankDeviceKind>())
        {
            if (!parts[0].Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (parts.Length == 1)
            {
                return new DeviceChoice(kind, null);
            }

            if (kind != ReRankDeviceKind.Cpu && parts.Length == 2 &&
                int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                return new DeviceChoice(kind, index);
            }
        }

        throw DeviceErrors.Invalid(text, devices());
    }

    /// <summary>Fails where the choice needs a device that is not here or not usable. Auto and Cpu ask for no devices.</summary>
    /// <exception cref="GnnReRankException">The device is not here, or not usable.</exception>
    public void Check(Func<IReadOnlyList<ReRankDevice>> devices)
    {
        if (!IsAuto && !IsCpu)
        {
            Find(devices());
        }
    }

    /// <summary>The device chosen; not for Auto.</summary>
    /// <exception cref="GnnReRankException">It is not here, or not usable.</exception>
    public ReRankDevice Find(IReadOnlyList<ReRankDevice> devices)
    {
        (ReRankDeviceKind? kind, int? index) = this;
        ReRankDevice[] named = [.. devices.Where(device => device.Kind == kind && (index is null || device.Index == index))];
        ReRankDevice? found = named.FirstOrDefault(device => device.IsUsable) ?? named.FirstOrDefault();
        return found switch
        {
            null => throw DeviceErrors.NotFound(ToString(), devices),
            { IsUsable: false } => throw DeviceErrors.NotUsable(found),
            _ => found,
        };
    }

    public override string ToString() => Kind is null ? Automatic : Index is null ? $"{Kind}" : $"{Kind}:{Index}";
}
