using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Walks;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Walks from one query at a time over the rows that its walk can come to; one thread's.</summary>
internal sealed unsafe class SingleWalkScorer : ISingleScorer
{
    private const int Chunk = 4096;

    private readonly SingleWalkScoring _walk;
    private readonly int _count;
    private readonly BestRows _nearest;
    private readonly WalkReach _reach;
    private readonly NativeBuffer<float> _first;
    private readonly NativeBuffer<float> _second;
    private readonly NativeBuffer<float> _scores;

    // The query's edges, by row ascending.
    private readonly int[] _ends;
    private readonly double[] _weights;
    private readonly float[] _links;
    private int _linkCount;

    public SingleWalkScorer(SingleWalkScoring walk)
    {
        _walk = walk;
        _count = walk.Matrix.Count;
        _nearest = new BestRows(Math.Min(Math.Max(walk.EdgeCount, walk.ScalePlace), _count));
        int edges = Math.Min(walk.EdgeCount, _count);
        (_ends, _weights, _links) = (new int[edges], new double[edges], new float[edges]);
        _reach = new WalkReach(_count);
        _first = new NativeBuffer<float>(_count, zeroed: true);
        _second = new NativeBuffer<float>(_count, zeroed: true);
        _scores = new NativeBuffer<float>(_count);
    }

    public float* Score(float* cosines, CancellationToken cancellationToken)
    {
        int found = Math.Min(Math.Max(_walk.EdgeCount, _walk.ScalePlace), _count);
        _nearest.Find(cosines, _count, found);
        double scale = WalkEdges.ScaleAt(_nearest.Cosines[Math.Min(_walk.ScalePlace, _nearest.Count) - 1]);
        Link(scale);
        new ReadOnlySpan<float>(Walk(cancellationToken), _count).CopyTo(_scores.AsSpan(_count));
        Clear();
        if (_walk.AddsToCosines)
        {
            WalkLanes.AddToCosines(
                _scores.Pointer, cosines, _walk.Density, (float)(scale * _walk.GainOfScale), _count);
        }

        return _scores.Pointer;
    }

    public void Dispose()
    {
        _reach.Dispose();
        _first.Dispose();
        _second.Dispose();
        _scores.Dispose();
    }

    /// <summary>The query's edges: (1 - restart) W_qj / sqrt(D_q D_j).</summary>
    private void Link(double scale)
    {
        _linkCount = Math.Min(_walk.EdgeCount, _nearest.Count);
        for (int place = 0; place < _linkCount; place++)
        {
            _ends[place] = _nearest.Rows[place];
            _weights[place] = WalkEdges.WeightAt(_nearest.Cosines[place], _walk.Width, scale) / 2;
        }

        _ends.AsSpan(0, _linkCount).Sort(_weights.AsSpan(0, _linkCount));
        double degree = 0;
        for (int place = 0; place < _linkCount; place++)
        {
            degree += _weights[place];
        }

        double root = Math.Sqrt(degree);
        for (int place = 0; place < _linkCount; place++)
        {
            double product = root * _walk.Matrix.Roots[_ends[place]];
            _links[place] = product > 0 ? (float)(_walk.Share * _weights[place] / product) : 0f;
        }
    }

    /// <summary>All steps; returns where the walk has come to.</summary>
    private float* Walk(CancellationToken cancellationToken)
    {
        float* before = _first.Pointer;
        float* after = _second.Pointer;
        float atQuery = 1f;
        for (int place = 0; place < _linkCount; place++)
        {
            _reach.Add(_ends[place]);
        }

        for (int step = 0; step < _walk.Steps; step++)
        {
            if (step > 0)
            {
                _reach.Expand(_walk.Matrix.Rows);
            }

            // A row that is not reached yet has no neighbour that was: it stays 0.
            bool takesAll = _reach.Count > _count / 2;
            int rows = takesAll ? _count : _reach.Count;
            for (int at = 0; at < rows; at += Chunk)
            {
                cancellationToken.ThrowIfCancellationRequested();
                SingleWalkSteps.Step(
                    _walk.Matrix, takesAll ? null : _reach.Vertices, at, Math.Min(Chunk, rows - at), before, after);
            }

            atQuery = Exchange(atQuery, before, after);
            float* done = after;
            after = before;
            before = done;
        }

        return before;
    }

    /// <summary>What goes from the query to its rows; returns what is at the query afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Exchange(float atQuery, float* before, float* after)
    {
        float back = 0;
        for (int place = 0; place < _linkCount; place++)
        {
            int row = _ends[place];
            back += before[row] * _links[place];
            after[row] = SingleWalkSteps.Sum(_walk.Matrix, row, atQuery * _links[place], before);
        }

        return back + _walk.Restart;
    }

    private void Clear()
    {
        for (int at = 0; at < _reach.Count; at++)
        {
            int row = _reach.Vertices[at];
            (_first.Pointer[row], _second.Pointer[row]) = (0f, 0f);
        }

        _reach.Clear();
    }
}
