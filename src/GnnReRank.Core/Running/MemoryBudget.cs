namespace GnnReRank.Running;

/// <summary>How much more memory a call may take, so that it fails with an explanation and not by exhausting the machine.</summary>
internal sealed class MemoryBudget
{
    // The rest is left to the caller's own results and to other programs.
    private const double UsableShare = 0.8;

    private long _used;

    /// <param name="limit">The bytes that may be charged at any one time.</param>
    public MemoryBudget(long limit) => Limit = limit;

    public long Limit { get; }

    /// <summary>A share of the memory that this machine, or this container, has left.</summary>
    public static MemoryBudget OfMachine()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long taken = Math.Max(memory.MemoryLoadBytes, OwnMemory());
        return new MemoryBudget((long)(Math.Max(0, memory.TotalAvailableMemoryBytes - taken) * UsableShare));
    }

    /// <summary>The memory of this process that cannot be had back: pages of mapped files are no part of it, however many are in.</summary>
    internal static long OwnMemory()
    {
        const string status = "/proc/self/status";
        const string anonymous = "RssAnon:";
        if (!OperatingSystem.IsLinux() || !File.Exists(status))
        {
            return Environment.WorkingSet;
        }

        string? line = File.ReadLines(status).FirstOrDefault(line => line.StartsWith(anonymous, StringComparison.Ordinal));
        string[] fields = line is null ? [] : line[anonymous.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields is [string kilobytes, "kB"] && long.TryParse(kilobytes, out long value) ? value * 1024 : Environment.WorkingSet;
    }

    /// <summary>Takes bytes from the budget; false, and nothing taken, where they are not left.</summary>
    public bool TryCharge(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= Limit)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Fails where a result or a buffer of so many bytes cannot be held.</summary>
    /// <param name="bytes">The bytes needed.</param>
    /// <param name="errorId">The error's identifier.</param>
    /// <param name="what">What needs them, with its sizes.</param>
    /// <param name="advice">What to do.</param>
    /// <exception cref="GnnReRankException">The bytes are not left.</exception>
    public void Require(long bytes, string errorId, string what, string advice)
    {
        if (bytes > Limit - Interlocked.Read(ref _used))
        {
            throw new GnnReRankException(
                errorId, ErrorKind.TooLarge,
                FormattableString.Invariant($"{what} takes {Gigabytes(bytes)} GB; {Gigabytes(Limit)} GB of memory may be used. {advice}"));
        }
    }

    public static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture);
}
