namespace GnnReRank.GpuKit.Measuring;

/// <summary>How many entries the rows of messages have, counted from the lists.</summary>
/// <param name="lines">Receive the numbers.</param>
internal sealed class MessageSizes(StepLines lines)
{
    public void Run(KitShape shape, NeighborGraph graph) => lines.Try($"{shape.Name}: entries a row of messages", () =>
    {
        HashSet<int>[] start = Start(graph, shape.K1);
        Add($"{shape.Name}: entries a row of A + A^T", [.. start.Select(row => row.Count)]);
        int[] counts = new int[start.Length];
        Parallel.For(0, counts.Length, row => counts[row] = Union(graph, start, row, shape.K2));
        Add($"{shape.Name}: entries a row after layer 1", counts);
    });

    private void Add(string what, int[] counts)
    {
        int[] sorted = [.. counts.Order()];
        int usual = sorted[sorted.Length * 99 / 100];
        lines.Number(
            what, counts.Average(), "entries",
            FormattableString.Invariant($"largest {sorted[^1]:N0}, 99 in 100 have at most {usual:N0}"));
    }

    private static HashSet<int>[] Start(NeighborGraph graph, int k1)
    {
        HashSet<int>[] rows = [.. Enumerable.Range(0, graph.VertexCount).Select(_ => new HashSet<int>())];
        for (int row = 0; row < rows.Length; row++)
        {
            foreach (int neighbor in graph.IndexSpan.Slice(row * graph.NeighborCount, k1))
            {
                if (neighbor >= 0)
                {
                    rows[row].Add(neighbor);
                    rows[neighbor].Add(row);
                }
            }
        }

        return rows;
    }

    private static int Union(NeighborGraph graph, HashSet<int>[] start, int row, int k2)
    {
        HashSet<int> columns = [.. start[row]];
        foreach (int neighbor in graph.IndexSpan.Slice(row * graph.NeighborCount, k2))
        {
            if (neighbor >= 0)
            {
                columns.UnionWith(start[neighbor]);
            }
        }

        return columns.Count;
    }
}
