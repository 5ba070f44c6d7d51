namespace GnnReRank.Compute.Devices;

/// <summary>Finds devices beside the processor, and opens them.</summary>
internal interface IDeviceSource
{
    /// <summary>The devices that the drivers know, usable or not; none where there is no driver. Never fails.</summary>
    IReadOnlyList<ReRankDevice> Find();

    /// <summary>Makes a usable device ready, which takes a while.</summary>
    IOpenDevice Open(ReRankDevice device);

    /// <summary>Whether an exception says that a device, or its driver, could not do what was asked.</summary>
    bool IsDeviceError(Exception exception);
}
