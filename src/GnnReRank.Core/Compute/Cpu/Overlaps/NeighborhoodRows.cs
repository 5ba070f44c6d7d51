using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>Describes every vertex by its members: exp(-distance) for each, scaled to a sum of 1.</summary>
internal static unsafe class NeighborhoodRows
{
    private const int Chunk = 64;

    /// <summary>Makes all rows; columns ascend in each.</summary>
    /// <param name="features">The features of all vertices, for the cosines that no list has.</param>
    /// <param name="createFinder">Makes a thread's finder of members.</param>
    /// <param name="distances">The distances.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static SparseRows Build(
        VertexRows features, Func<IMemberFinder> createFinder, RowDistances distances, SparseStorage storage, StageReporter reporter,
        ComputeOptions options)
    {
        SparseRows result = new(features.Count, storage);
        try
        {
            Workers.ForRanges(
                options.ThreadCount, features.Count, Chunk,
                () => new Worker(features, createFinder(), distances, new RowArena(storage)),
                (worker, from, to) =>
                {
                    for (int vertex = from; vertex < to; vertex++)
                    {
                        options.CancellationToken.ThrowIfCancellationRequested();
                        worker.Write(vertex, result);
                    }

                    reporter.Advance(to - from);
                });
        }
        catch
        {
            result.Dispose();
            throw;
        }

        return result;
    }

    private sealed class Worker(VertexRows features, IMemberFinder finder, RowDistances distances, RowArena arena) : IDisposable
    {
        private readonly MemberList _members = new();
        private readonly ExactDots _dots = new(features, features);
        private int[] _unknown = [];
        private float[] _found = [];

        public void Write(int vertex, SparseRows rows)
        {
            _members.Clear();
            finder.Find(vertex, _members);
            _members.Sort();
            FindCosines(vertex);
            int count = _members.Count;
            arena.Reserve(count, out int* indices, out float* values);
            _members.Rows.CopyTo(new Span<int>(indices, count));
            Weigh(vertex, new Span<float>(values, count));
            rows.SetRow(vertex, indices, values, count);
        }

        public void Dispose()
        {
            _dots.Dispose();
            arena.Dispose();
        }

        /// <summary>Multiplies the cosines that no list has.</summary>
        private void FindCosines(int vertex)
        {
            int count = 0;
            if (_unknown.Length < _members.Count)
            {
                _unknown = new int[_members.Count];
                _found = new float[_members.Count];
            }

            Span<float> cosines = _members.Cosines;
            for (int member = 0; member < cosines.Length; member++)
            {
                if (float.IsNaN(cosines[member]))
                {
                    _unknown[count++] = _members.Rows[member];
                }
            }

            if (count == 0)
            {
                return;
            }

            _dots.Multiply(vertex, _unknown.AsSpan(0, count), _found);
            int next = 0;
            for (int member = 0; member < cosines.Length; member++)
            {
                if (float.IsNaN(cosines[member]))
                {
                    cosines[member] = _found[next++];
                }
            }
        }

        private void Weigh(int vertex, Span<float> values)
        {
            double sum = 0;
            for (int member = 0; member < values.Length; member++)
            {
                // A row of zeros has a cosine of 0 with itself; its distance from itself is none all the same.
                bool isSelf = _members.Rows[member] == vertex;
                values[member] = isSelf ? 1f : (float)Math.Exp(-distances.Of(vertex, _members.Cosines[member]));
                sum += values[member];
            }

            for (int member = 0; member < values.Length; member++)
            {
                values[member] = (float)(values[member] / sum);
            }
        }
    }
}
