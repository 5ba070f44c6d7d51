using System.Diagnostics;

namespace GnnReRank.Extractor;

/// <summary>A line on the error stream that says how far the work is; nothing where nobody watches.</summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.2);

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next;
    private int _length;

    /// <summary>Shows so many of so many.</summary>
    public void Report(int done, int total)
    {
        if (!_isWatched || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + s_interval;
        TimeSpan left = _clock.Elapsed * ((double)(total - done) / done);
        string line = $"{done:N0} of {total:N0} pictures, {left:m\\:ss} left";
        Console.Error.Write($"\r{line.PadRight(_length)}");
        _length = line.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_length > 0)
        {
            Console.Error.Write($"\r{new string(' ', _length)}\r");
            _length = 0;
        }
    }
}
