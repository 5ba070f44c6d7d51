using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute;

/// <summary>The device that a call named: where it fails, so does the call.</summary>
internal sealed class NamedDeviceBackend(DevicePool pool, ReRankDevice device, IComputeBackend processor)
    : DeviceBackend(processor)
{
    protected override T Run<T>(DeviceJob job, ComputeOptions options, Func<IComputeBackend, T> work)
    {
        Say(options, Describe(device));
        try
        {
            return pool.Run(device, work);
        }
        catch (Exception exception) when (exception is not GnnReRankException && pool.IsDeviceError(exception))
        {
            throw DeviceErrors.Failed(device, exception);
        }
    }
}
