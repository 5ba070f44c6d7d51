namespace GnnReRank.Cluster.Running;

/// <summary>What a worker's end tells those that started it. Any other code may be tried again.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command line is not one of a worker's.</summary>
    public const int Usage = 64;

    /// <summary>Bad input, which another try cannot mend.</summary>
    public const int Permanent = 65;

    /// <summary>The worker is not the one that the plan asks for.</summary>
    public const int Refused = 69;

    /// <summary>Something failed that may go well another time.</summary>
    public const int Again = 75;

    /// <summary>The most tries of a task after its first.</summary>
    public const int MostRetries = 3;

    public static bool IsFinal(int code) => code is Done or Usage or Permanent or Refused;
}
