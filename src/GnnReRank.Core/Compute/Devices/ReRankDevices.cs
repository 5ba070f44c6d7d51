using GnnReRank.Compute.Devices;

namespace GnnReRank;

/// <summary>The devices of this machine. Safe to use from any thread.</summary>
public static class ReRankDevices
{
    /// <summary>The processor, then the devices that its drivers know, usable or not. They are looked for once a process.</summary>
    public static IReadOnlyList<ReRankDevice> GetAll() => PublicList.Of(DevicePool.OfMachine.Devices);

    /// <summary>Fails where a call could not be sent to the device, before any work is done for it.</summary>
    /// <param name="device">A text as <see cref="ComputeOptions.Device"/> takes it.</param>
    /// <exception cref="GnnReRankException">The text is not understood, or the device is not here or not usable.</exception>
    public static void Require(string device) => DeviceChoice.Parse(device, GetAll).Check(GetAll);
}
