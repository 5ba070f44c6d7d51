using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>What a step is at, in a file: where its process breaks, the next one knows what to leave out.</summary>
internal sealed class BreakMark(KitContext context, int step)
{
    private readonly string _path = Path.Combine(context.Out, $"step-{step}{Ending}");

    /// <summary>Of the file's name; a new run removes all of them.</summary>
    public const string Ending = ".at";

    /// <summary>What the process before was at when it broke; null where none did.</summary>
    public string? Left { get; } = ReadOrNull(Path.Combine(context.Out, $"step-{step}{Ending}"));

    public void Set(string what) => File.WriteAllText(_path, what);

    public void Clear() => File.Delete(_path);

    private static string? ReadOrNull(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
