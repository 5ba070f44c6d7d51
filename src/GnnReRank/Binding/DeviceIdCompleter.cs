namespace GnnReRank.Binding;

/// <summary>Completes the id of a device of this machine, usable or not.</summary>
public sealed class DeviceIdCompleter() : ValueCompleter([.. ReRankDevices.GetAll().Select(device => (device.Id, device.Name))]);
