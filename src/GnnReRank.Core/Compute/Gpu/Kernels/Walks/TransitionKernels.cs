using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>
/// The matrix of a walk from the graph: edges, the rows of W = (w + w^T) / 2, and S~ = D^-1/2 W D^-1/2, in the
/// processor's order of sums.
/// </summary>
internal static class TransitionKernels
{
    /// <summary>Threads of a group, but for <see cref="UniteRow"/>.</summary>
    public const int Threads = 128;

    /// <summary>Threads of a row: its entries are few.</summary>
    public const int RowThreads = 1 << RowThreadBits;

    /// <summary>The most entries of a row, before it is united, that fit shared memory.</summary>
    public const int MostEntries = 1024;

    private const int RowThreadBits = 5;
    private const double LeastScale = 1e-4;

    /// <summary>Takes each vertex's edges and its scale, counts the entries of each row; a thread a vertex.</summary>
    [Kernel]
    public static void TakeEdges(TransitionArguments arguments)
    {
        int vertex = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (vertex >= arguments.Count)
        {
            return;
        }

        long list = (long)vertex * arguments.NeighborCount;
        double scale = ScaleOf(arguments, list);
        if (vertex < arguments.QueryCount)
        {
            arguments.Gains[vertex] = (float)(scale * arguments.GainShare);
        }

        long slot = (long)vertex * arguments.EdgeCount;
        int taken = 0;
        for (int place = 1; place < arguments.NeighborCount && taken < arguments.EdgeCount; place++)
        {
            int target = arguments.Neighbors[list + place];
            if (target < 0)
            {
                break;
            }

            if (vertex >= arguments.QueryCount || target >= arguments.QueryCount)
            {
                double distance = DistanceOf(arguments.Scores[list + place]);
                arguments.Targets[slot + taken] = target;
                arguments.EdgeWeights[slot + taken] = WalkExp.Of(-distance / (arguments.Width * scale));
                Atomic.Add(ref arguments.Lengths[target], 1);
                taken++;
            }
        }

        Atomic.Add(ref arguments.Lengths[vertex], taken);
        for (; taken < arguments.EdgeCount; taken++)
        {
            arguments.Targets[slot + taken] = -1;
        }
    }

    /// <summary>Gives each row its place; a thread a row.</summary>
    [Kernel]
    public static void PlaceRows(TransitionArguments arguments)
    {
        ArrayView<int> starts = SharedMemory.Allocate<int>(Threads);
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        starts[Group.IdxX] = row < arguments.Count ? arguments.Lengths[row] : 0;
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int total = 0;
            int most = 0;
            for (int thread = 0; thread < Threads; thread++)
            {
                int length = starts[thread];
                most = IntrinsicMath.Max(most, length);
                starts[thread] = total;
                total += length;
            }

            Atomic.Max(ref arguments.Totals[1], most);
            int start = Atomic.Add(ref arguments.Totals[0], total);
            for (int thread = 0; thread < Threads; thread++)
            {
                starts[thread] += start;
            }
        }

        Group.Barrier();
        if (row < arguments.Count)
        {
            arguments.Offsets[row] = starts[Group.IdxX];
        }
    }

    /// <summary>Adds each edge at both of its ends, half there and half back; a thread a vertex.</summary>
    [Kernel]
    public static void AddEdges(TransitionArguments arguments)
    {
        int vertex = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (vertex >= arguments.Count)
        {
            return;
        }

        long slot = (long)vertex * arguments.EdgeCount;
        for (int edge = 0; edge < arguments.EdgeCount; edge++)
        {
            int target = arguments.Targets[slot + edge];
            if (target < 0)
            {
                return;
            }

            double half = arguments.EdgeWeights[slot + edge] / 2;
            Put(arguments, vertex, target, half);
            Put(arguments, target, vertex, half);
        }
    }

    /// <summary>
    /// Orders the row of Grid.IdxX by columns, adds up what an edge and the one back share, and takes the root of its
    /// sum.
    /// </summary>
    [Kernel]
    public static void UniteRow(TransitionArguments arguments)
    {
        ArrayView<int> columns = SharedMemory.Allocate<int>(MostEntries);
        ArrayView<double> weights = SharedMemory.Allocate<double>(MostEntries);
        ArrayView<int> united = SharedMemory.Allocate<int>(1);
        int row = Grid.IdxX;
        long start = arguments.Offsets[row];
        int length = arguments.Lengths[row];
        for (int entry = Group.IdxX; entry < length; entry += RowThreads)
        {
            int place = PlaceOf(arguments, start, length, entry);
            columns[place] = arguments.Columns[start + entry];
            weights[place] = arguments.Weights[start + entry];
        }

        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int count = 0;
            for (int entry = 0; entry < length; entry++)
            {
                if (count > 0 && columns[count - 1] == columns[entry])
                {
                    weights[count - 1] += weights[entry];
                }
                else
                {
                    columns[count] = columns[entry];
                    weights[count] = weights[entry];
                    count++;
                }
            }

            double sum = 0;
            for (int entry = 0; entry < count; entry++)
            {
                sum += weights[entry];
            }

            arguments.Roots[row] = Math.Sqrt(sum);
            arguments.Lengths[row] = count;
            united[0] = count;
        }

        Group.Barrier();
        for (int entry = Group.IdxX; entry < united[0]; entry += RowThreads)
        {
            arguments.Columns[start + entry] = columns[entry];
            arguments.Weights[start + entry] = weights[entry];
        }
    }

    /// <summary>Normalises the rows; <see cref="RowThreads"/> threads a row.</summary>
    [Kernel]
    public static void Normalize(TransitionArguments arguments)
    {
        int row = (Grid.IdxX * (Threads / RowThreads)) + (Group.IdxX >> RowThreadBits);
        if (row >= arguments.Count)
        {
            return;
        }

        long start = arguments.Offsets[row];
        int length = arguments.Lengths[row];
        double root = arguments.Roots[row];
        for (int entry = Group.IdxX & (RowThreads - 1); entry < length; entry += RowThreads)
        {
            double product = root * arguments.Roots[arguments.Columns[start + entry]];
            arguments.Values[start + entry] =
                product > 0 ? (float)(arguments.Share * arguments.Weights[start + entry] / product) : 0f;
        }
    }

    /// <summary>The distance at the scale's place, or at the last place of a shorter list.</summary>
    private static double ScaleOf(TransitionArguments arguments, long list)
    {
        int most = IntrinsicMath.Min(arguments.ScalePlace + 1, arguments.NeighborCount);
        int length = 0;
        while (length < most && arguments.Neighbors[list + length] >= 0)
        {
            length++;
        }

        if (length == 0)
        {
            return LeastScale;
        }

        double distance = DistanceOf(arguments.Scores[list + length - 1]);
        return distance > LeastScale ? distance : LeastScale;
    }

    private static double DistanceOf(float cosine)
    {
        double distance = 2 - (2 * (double)cosine);
        return distance > 0 ? distance : 0;
    }

    private static void Put(TransitionArguments arguments, int row, int column, double weight)
    {
        long entry = (long)arguments.Offsets[row] + Atomic.Add(ref arguments.Filled[row], 1);
        arguments.Columns[entry] = column;
        arguments.Weights[entry] = weight;
    }

    /// <summary>
    /// How many entries come before one, by column and then by weight: whatever their order by chance, what is added up
    /// is added in one order.
    /// </summary>
    private static int PlaceOf(TransitionArguments arguments, long start, int length, int entry)
    {
        int column = arguments.Columns[start + entry];
        double weight = arguments.Weights[start + entry];
        int place = 0;
        for (int other = 0; other < length; other++)
        {
            int otherColumn = arguments.Columns[start + other];
            if (otherColumn < column)
            {
                place++;
            }
            else if (otherColumn == column && other != entry)
            {
                double otherWeight = arguments.Weights[start + other];
                if (otherWeight < weight || (otherWeight == weight && other < entry))
                {
                    place++;
                }
            }
        }

        return place;
    }
}
