namespace GnnReRank.Tests;

/// <summary>Passes each report on at once, on the thread it came from, one at a time.</summary>
internal sealed class ProgressCallback(Action<StageProgress> report) : IProgress<StageProgress>
{
    private readonly Lock _lock = new();

    public void Report(StageProgress value)
    {
        lock (_lock)
        {
            report(value);
        }
    }
}
