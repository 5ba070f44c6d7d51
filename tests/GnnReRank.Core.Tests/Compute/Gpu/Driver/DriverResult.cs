namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>CUresult, as far as the emulated driver gives it.</summary>
internal enum DriverResult
{
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    InvalidContext = 201,
    InvalidPtx = 218,
    InvalidHandle = 400,
    NotFound = 500,
    LaunchFailed = 719,
    NotSupported = 801,
}
