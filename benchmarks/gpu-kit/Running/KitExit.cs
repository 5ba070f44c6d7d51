namespace GnnReRank.GpuKit.Running;

/// <summary>How the program ends.</summary>
internal static class KitExit
{
    public const int Passed = 0;

    /// <summary>Something failed; the lines say what.</summary>
    public const int Failed = 1;

    /// <summary>Nothing failed, but for some of it no time was left.</summary>
    public const int Incomplete = 2;

    /// <summary>There is no device to prove.</summary>
    public const int NoDevice = 3;

    /// <summary>Of a child: the device is spoilt for this process, and a fresh one can go on.</summary>
    public const int Spoilt = 4;
}
