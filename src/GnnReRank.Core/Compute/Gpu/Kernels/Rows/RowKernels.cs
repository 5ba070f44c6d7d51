using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Rows;

/// <summary>Moves rows: normalising, gathering, and from rankings into the graph.</summary>
internal static class RowKernels
{
    /// <summary>Writes each row times its inverse norm, at its stride; a group a row.</summary>
    public static void Normalize(NormalizeArguments arguments)
    {
        long source = (long)Grid.IdxX * arguments.Dimension;
        long target = (arguments.FirstRow + Grid.IdxX) * (long)arguments.Stride;
        float scale = arguments.InverseNorms[Grid.IdxX];
        for (int column = Group.IdxX; column < arguments.Dimension; column += Group.DimX)
        {
            arguments.Rows[target + column] = arguments.Values[source + column] * scale;
        }
    }

    /// <summary>Copies chosen rows; a group a row.</summary>
    public static void Gather(GatherArguments arguments)
    {
        long source = (long)arguments.Vertices[Grid.IdxX] * arguments.Stride;
        long target = (long)Grid.IdxX * arguments.Stride;
        for (int column = Group.IdxX; column < arguments.Stride; column += Group.DimX)
        {
            arguments.Target[target + column] = arguments.Rows[source + column];
        }
    }

    /// <summary>Writes a ranked row as a row of the graph, its own vertex moved to the front; one thread a row.</summary>
    public static void WriteRanked(RankedArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row >= arguments.RowCount)
        {
            return;
        }

        int vertex = arguments.Vertices[row];
        long source = (long)row * arguments.NeighborCount;
        long target = (long)vertex * arguments.NeighborCount;
        int place = 1;
        arguments.Indices[target] = vertex;
        arguments.Scores[target] = arguments.SelfScores[row];
        for (int rank = 0; rank < arguments.NeighborCount && place < arguments.NeighborCount; rank++)
        {
            int other = arguments.RankedIndices[source + rank];
            if (other != vertex)
            {
                arguments.Indices[target + place] = other;
                arguments.Scores[target + place] = arguments.RankedScores[source + rank];
                place++;
            }
        }
    }

    /// <summary>Takes each row's product with itself out of the products; one thread a row.</summary>
    public static void TakeSelf(RankedArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row < arguments.RowCount)
        {
            arguments.SelfScores[row] = arguments.Products[((long)row * arguments.ProductCount) + arguments.Vertices[row]];
        }
    }
}
