namespace GnnReRank.Binding;

/// <summary>Completes a device with those of this machine that are usable.</summary>
public sealed class DeviceCompleter() : ValueCompleter(
[
    ("Auto", "The best GPU that can hold the job, else the processor."),
    .. ReRankDevices.GetAll().Where(device => device.IsUsable).Select(device => (device.Id, device.Name)),
]);
