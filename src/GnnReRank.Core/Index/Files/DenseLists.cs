using GnnReRank.Indexing.State;

namespace GnnReRank.Indexing.Files;

/// <summary>Lists of the rows that are there, by their places among these.</summary>
internal static class DenseLists
{
    /// <summary>The lists, without the vertices of removed rows; the same graph where there are none.</summary>
    /// <remarks>Places rise with slots, so an order by slot is one by place.</remarks>
    public static NeighborGraph Of(NeighborGraph graph, IndexRows rows)
    {
        if (rows.Slots is not int[] slots)
        {
            return graph;
        }

        int[] placeOf = new int[rows.SlotCount];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < slots.Length; place++)
        {
            placeOf[slots[place]] = place;
        }

        int width = graph.NeighborCount;
        int[] indices = new int[slots.Length * width];
        float[] scores = new float[slots.Length * width];
        for (int place = 0; place < slots.Length; place++)
        {
            ReadOnlySpan<int> list = graph.GetNeighborSpan(slots[place]);
            for (int position = 0; position < width; position++)
            {
                indices[(place * width) + position] = list[position] < 0 ? -1 : placeOf[list[position]];
            }

            graph.GetScoreSpan(slots[place]).CopyTo(scores.AsSpan(place * width));
        }

        return NeighborGraph.Adopt(indices, scores, slots.Length, width, null, null, graph.Source)
            .WithApproximation(graph.Approximation);
    }
}
