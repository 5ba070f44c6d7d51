namespace GnnReRank.Tests.Compute.Devices;

/// <summary>Stands for an error that a driver reports.</summary>
internal sealed class FakeDeviceException() : Exception("an illegal address was met");
