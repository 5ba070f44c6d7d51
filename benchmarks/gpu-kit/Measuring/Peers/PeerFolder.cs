using System.Reflection;
using GnnReRank.Benchmarks;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>A folder for one shape's peers, gone when disposed: scripts, features, what ours found.</summary>
internal sealed class PeerFolder : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const string ResourcePrefix = "peers.";

    public PeerFolder(JobFeatures job)
    {
        long bytes = (long)job.Shape.Job.Vertices * job.Shape.Job.Dimension * sizeof(float);
        Path = System.IO.Path.Combine(RootFor(bytes), $"gpu-kit-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
        WriteScripts();
        JobShape shape = job.Shape.Job;
        NpyFile.Write(File("features.npy"), shape.Vertices, shape.Dimension, Rows(job.Query), Rows(job.Gallery));
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What the peers' neighbours are compared with.</summary>
    public void Add(NeighborGraph graph)
    {
        ReadOnlyMemory<int> indices = graph.IndexSpan.ToArray();
        ReadOnlyMemory<float> scores = graph.ScoreSpan.ToArray();
        NpyFile.Write(File("neighbors.npy"), graph.VertexCount, graph.NeighborCount, indices);
        NpyFile.Write(File("neighbors.scores.npy"), graph.VertexCount, graph.NeighborCount, scores);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static ReadOnlyMemory<float> Rows(FeatureMatrix matrix)
    {
        float[] values = new float[(long)matrix.RowCount * matrix.Dimension];
        Parallel.For(0, matrix.RowCount, row => matrix.GetRowSpan(row).CopyTo(values.AsSpan(row * matrix.Dimension)));
        return values;
    }

    /// <summary>Memory where there is enough of it: a disk would be the slowest part of the hand-over.</summary>
    private static string RootFor(long bytes)
    {
        string temporary = System.IO.Path.GetTempPath();
        try
        {
            return Directory.Exists(SharedMemory) && new DriveInfo(SharedMemory).AvailableFreeSpace > 2 * bytes
                ? SharedMemory
                : temporary;
        }
        catch (IOException)
        {
            return temporary;
        }
    }

    private void WriteScripts()
    {
        Assembly assembly = typeof(PeerFolder).Assembly;
        foreach (string name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using Stream script = assembly.GetManifestResourceStream(name)!;
            using FileStream file = System.IO.File.Create(File(name[ResourcePrefix.Length..]));
            script.CopyTo(file);
        }
    }
}
