using System.IO.Hashing;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;

namespace GnnReRank.Fuzz.Running;

/// <summary>What a result says, so that two can be compared: its shape, what stands beside its rows, and all its values.</summary>
/// <param name="Shape">Rows, columns and which of labels, cameras and names there are, per object.</param>
/// <param name="Beside">A hash of labels, their texts, cameras, names and roles.</param>
/// <param name="Values">A hash of the numbers.</param>
/// <param name="Parts">How many objects have labels, cameras and names.</param>
internal sealed record Fingerprint(string Shape, ulong Beside, ulong Values, (int Labels, int Cameras, int Names) Parts)
{
    public static Fingerprint Of(IReadOnlyList<PSObject> output, string? written)
    {
        StringBuilder shape = new();
        XxHash64 beside = new();
        XxHash64 values = new();
        (int Labels, int Cameras, int Names) parts = default;
        foreach (object item in output.Select(wrapped => wrapped.BaseObject))
        {
            switch (item)
            {
                case FeatureMatrix matrix:
                    Add(matrix, shape, beside, values);
                    parts = (parts.Labels + (matrix.HasLabels ? 1 : 0), parts.Cameras + (matrix.HasCameras ? 1 : 0), parts.Names + (matrix.HasNames ? 1 : 0));
                    break;
                case NeighborGraph graph:
                    Add(graph, shape, values);
                    break;
                case Ranking ranking:
                    Add(ranking, shape, values);
                    break;
                case RetrievalDataset dataset:
                    Add(dataset, shape, beside);
                    break;
                default:
                    shape.Append(item.GetType().Name).Append(';');
                    break;
            }
        }

        if (written is not null)
        {
            values.Append(File.ReadAllBytes(written));
        }

        return new Fingerprint(shape.ToString(), beside.GetCurrentHashAsUInt64(), values.GetCurrentHashAsUInt64(), parts);
    }

    private static void Add(FeatureMatrix matrix, StringBuilder shape, XxHash64 beside, XxHash64 values)
    {
        shape.Append(matrix.RowCount).Append('x').Append(matrix.Dimension).Append(matrix.ElementType)
            .Append(matrix.HasLabels ? "L" : "-").Append(matrix.HasCameras ? "C" : "-").Append(matrix.HasNames ? "N" : "-").Append(matrix.Role).Append(';');
        for (int row = 0; row < matrix.RowCount; row++)
        {
            values.Append(MemoryMarshal.AsBytes(matrix.GetRowSpan(row)));
            Append(beside, matrix.Labels?[row] ?? 0);
            Append(beside, matrix.Cameras?[row] ?? 0);
            Append(beside, matrix.Names?[row]);
        }

        foreach (KeyValuePair<long, string> pair in matrix.LabelNames?.OrderBy(pair => pair.Key) ?? Enumerable.Empty<KeyValuePair<long, string>>())
        {
            Append(beside, pair.Key);
            Append(beside, pair.Value);
        }
    }

    private static void Add(NeighborGraph graph, StringBuilder shape, XxHash64 values)
    {
        shape.Append(graph.VertexCount).Append('x').Append(graph.NeighborCount).Append(';');
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            values.Append(MemoryMarshal.AsBytes(graph.GetNeighborSpan(vertex)));
            values.Append(MemoryMarshal.AsBytes(graph.GetScoreSpan(vertex)));
        }
    }

    private static void Add(Ranking ranking, StringBuilder shape, XxHash64 values)
    {
        shape.Append(ranking.QueryCount).Append('x').Append(ranking.GalleryCount).Append(';');
        for (int query = 0; query < ranking.QueryCount; query++)
        {
            values.Append(MemoryMarshal.AsBytes(ranking.GetIndexSpan(query)));
            values.Append(MemoryMarshal.AsBytes(ranking.GetScoreSpan(query)));
        }
    }

    private static void Add(RetrievalDataset dataset, StringBuilder shape, XxHash64 beside)
    {
        shape.Append(dataset.QueryImages.Count).Append('x').Append(dataset.GalleryImages.Count).Append(';');
        foreach (DatasetImage image in dataset.QueryImages.Concat(dataset.GalleryImages))
        {
            Append(beside, image.ToString());
        }

        foreach (QueryTruth truth in dataset.GroundTruth?.Queries ?? [])
        {
            Append(beside, truth.ToString());
        }
    }

    private static void Append(XxHash64 hash, long value) => hash.Append(MemoryMarshal.AsBytes([value]));

    private static void Append(XxHash64 hash, string? text)
    {
        Append(hash, text?.Length ?? -1);
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
