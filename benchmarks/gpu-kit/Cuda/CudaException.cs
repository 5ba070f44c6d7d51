namespace GnnReRank.GpuKit.Cuda;

/// <summary>A call of the driver that failed.</summary>
internal sealed class CudaException(int code, string message) : Exception(message)
{
    /// <summary>The driver's number of it.</summary>
    public int Code => code;
}
