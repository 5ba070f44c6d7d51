using System.Text.Json;

namespace GnnReRank.GpuKit.Running;

/// <summary>The lines found so far: a file of one JSON object a line, flushed line by line, so that a run that is cut off still tells.</summary>
internal sealed class KitReport(string path)
{
    /// <summary>Adds a line, tells it, and flushes it to the file.</summary>
    public void Add(KitLine line)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(line));
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
        Console.WriteLine(line);
    }
}
