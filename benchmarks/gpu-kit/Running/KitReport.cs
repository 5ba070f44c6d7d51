using System.Text.Json;
using System.Text.Json.Serialization;

namespace GnnReRank.GpuKit.Running;

/// <summary>
/// The lines found so far: a file of one JSON object a line, flushed line by line, so that a run that is cut off still tells.
/// </summary>
internal sealed class KitReport(string path)
{
    /// <summary>The file's name in the folder for results.</summary>
    public const string FileName = "results.jsonl";

    // A number that could not be found is no fault of the line's.
    private static readonly JsonSerializerOptions s_options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Adds a line, tells it, and flushes it to the file.</summary>
    public void Add(KitLine line)
    {
        using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, s_options), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }

        Console.WriteLine(KitTable.TextOf(line));
    }

    /// <summary>The lines of the file; the last may be cut, and is left out then.</summary>
    public IReadOnlyList<KitLine> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        List<KitLine> lines = [];
        while (reader.ReadLine() is string text)
        {
            try
            {
                lines.Add(JsonSerializer.Deserialize<KitLine>(text, s_options)!);
            }
            catch (JsonException)
            {
                // The process that wrote it was ended meanwhile.
            }
        }

        return lines;
    }

    /// <summary>Drops the lines of steps that will run again.</summary>
    public void Drop(IReadOnlyCollection<int> steps)
    {
        KitLine[] kept = [.. Read().Where(line => !steps.Contains(line.Step))];
        File.WriteAllLines(path, kept.Select(line => JsonSerializer.Serialize(line, s_options)));
    }
}
