using System.Diagnostics;
using System.Management.Automation;

namespace GnnReRank.Shell.Hosting;

/// <summary>One line at the bottom of the screen that says how far a command is. Callers hold the console's lock.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private long _drawnAt;
    private int _drawnLength;

    public void Show(ProgressRecord record)
    {
        if (!terminal.IsScreen)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
        }
        else if (_drawnLength == 0 || Stopwatch.GetElapsedTime(_drawnAt) >= s_interval)
        {
            Draw(Describe(record));
        }
    }

    public void Clear()
    {
        if (_drawnLength > 0)
        {
            Console.Error.Write('\r' + new string(' ', _drawnLength) + '\r');
            _drawnLength = 0;
        }
    }

    private static string Describe(ProgressRecord record)
    {
        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : string.Empty;
        string operation = string.IsNullOrEmpty(record.CurrentOperation) ? string.Empty : $" ({record.CurrentOperation})";
        return $"{record.Activity}: {record.StatusDescription}{percent}{operation}".ReplaceLineEndings(" ");
    }

    private void Draw(string text)
    {
        // The last column stays empty: writing there wraps on some terminals.
        string line = text.Length < terminal.Width ? text : text[..(terminal.Width - 1)];
        Console.Error.Write('\r' + line.PadRight(_drawnLength));
        _drawnLength = line.Length;
        _drawnAt = Stopwatch.GetTimestamp();
    }
}
