using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Marks;

/// <summary>The marks of a job's items. Those of another job, and broken ones, count as none.</summary>
internal sealed class ItemMarks(JobDirectory directory, string id)
{
    public DoneMark? Done(string stage, int item) =>
        ReadMark(directory.Done(stage, item), MarkJson.Default.DoneMark) is DoneMark mark && mark.Id == id
            ? mark
            : null;

    public FailedMark? Failed(string stage, int item) =>
        ReadMark(directory.Failed(stage, item), MarkJson.Default.FailedMark) is FailedMark mark && mark.Id == id
            ? mark
            : null;

    public void MarkFailed(string stage, int item, FailedMark mark) =>
        WriteMark(directory.Failed(stage, item), mark, MarkJson.Default.FailedMark);

    /// <summary>The item is done: the last that is written of it.</summary>
    public void MarkDone(string stage, int item, DoneMark mark)
    {
        WriteMark(directory.Done(stage, item), mark, MarkJson.Default.DoneMark);
        Forget(stage, item);
    }

    /// <summary>As if the item had never been begun.</summary>
    public void Forget(string stage, int item)
    {
        string path = directory.Failed(stage, item);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Reads a small file; null where it is not there or not whole.</summary>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), type);
        }
        catch (Exception absent) when (absent is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a small file beside its place, and renames it. Its folder must be there.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        string temporary = $"{path}.{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, type)));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // What cannot be read, such as a folder in its place, is no mark: the item runs again.
    private static T? ReadMark<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Read(path, type);
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void WriteMark<T>(string path, T mark, JsonTypeInfo<T> type)
    {
        directory.RequireThere();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Write(path, mark, type);
    }
}
