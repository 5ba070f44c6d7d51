namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>Tries on a device what its driver may refuse, or make wrong, and yet do all else.</summary>
internal static class DeviceCheck
{
    /// <summary>Whether a check passes; no where the device fails in it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="check">The check.</param>
    /// <param name="tell">Told of an error that says no.</param>
    /// <exception cref="GnnReRankException">Memory was short: it will not always be, so that is no answer.</exception>
    public static bool Passes(GpuDevice device, Func<bool> check, Action<Exception> tell)
    {
        try
        {
            return check();
        }
        catch (Exception error) when (GpuErrors.IsDeviceError(error) && !GpuErrors.IsOutOfMemory(error))
        {
            // It throws where the device is lost: nothing that follows would run there.
            device.Synchronize();
            tell(error);
            return false;
        }
    }
}
