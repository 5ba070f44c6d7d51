namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>What the driver refuses, and with which result.</summary>
internal sealed class DriverFault(DriverResult result, string message) : Exception(message)
{
    public DriverResult Result { get; } = result;
}
