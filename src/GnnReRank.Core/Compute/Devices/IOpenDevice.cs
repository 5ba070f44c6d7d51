using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Devices;

/// <summary>A device that is ready; disposing of it gives its memory back.</summary>
internal interface IOpenDevice : IDisposable
{
    /// <summary>What runs jobs on the device.</summary>
    IComputeBackend Backend { get; }
}
