using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Inverse;

/// <summary>
/// Solves (I - M) x = e by conjugate gradients, M the part of a matrix of edges that some vertices span and e 1 for the
/// first of them. One thread's.
/// </summary>
internal sealed unsafe class PartSolver : IDisposable
{
    // A residual so small against 1 leaves the cosines of rows right to float32 for any damping that is in use.
    private const double Residual = 1e-9;
    private const int MostSteps = 5_000;

    private readonly MutualEdges _edges;
    private readonly int _partSize;
    private readonly NativeBuffer<int> _places;
    private readonly NativeBuffer<int> _starts;
    private readonly NativeBuffer<double> _solution;
    private readonly NativeBuffer<double> _residual;
    private readonly NativeBuffer<double> _direction;
    private readonly NativeBuffer<double> _product;
    private int[] _targets = new int[1024];
    private double[] _weights = new double[1024];

    /// <param name="edges">M, I - M being positive definite.</param>
    /// <param name="vertexCount">Vertices in all.</param>
    /// <param name="partSize">The most vertices of a part.</param>
    public PartSolver(MutualEdges edges, int vertexCount, int partSize)
    {
        _edges = edges;
        _partSize = partSize;
        _places = new NativeBuffer<int>(vertexCount);
        _places.AsSpan(vertexCount).Fill(-1);
        _starts = new NativeBuffer<int>(partSize + 1L);
        _solution = new NativeBuffer<double>(partSize);
        _residual = new NativeBuffer<double>(partSize);
        _direction = new NativeBuffer<double>(partSize);
        _product = new NativeBuffer<double>(partSize);
    }

    /// <summary>x, for the vertices of a part in their order; valid until the next call.</summary>
    /// <param name="part">The vertices, each once.</param>
    /// <param name="cancellationToken">Checked at each step.</param>
    public ReadOnlySpan<double> Solve(ReadOnlySpan<int> part, CancellationToken cancellationToken)
    {
        TakePart(part);
        int count = part.Length;
        double* x = _solution.Pointer;
        double* r = _residual.Pointer;
        double* p = _direction.Pointer;
        _solution.AsSpan(_partSize).Clear();
        _residual.AsSpan(_partSize).Clear();
        _direction.AsSpan(_partSize).Clear();
        r[0] = p[0] = 1;
        double squared = 1;
        for (int step = 0; step < MostSteps && squared > Residual * Residual; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double length = squared / Multiply(count, p, _product.Pointer);
            double next = Advance(count, length, x, r, p, _product.Pointer);
            double turn = next / squared;
            for (int i = 0; i < count; i++)
            {
                p[i] = r[i] + (turn * p[i]);
            }

            squared = next;
        }

        return _solution.AsSpan(count);
    }

    public void Dispose()
    {
        _places.Dispose();
        _starts.Dispose();
        _solution.Dispose();
        _residual.Dispose();
        _direction.Dispose();
        _product.Dispose();
    }

    /// <summary>x += length p; r -= length product.</summary>
    /// <returns>r r.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Advance(int count, double length, double* x, double* r, double* p, double* product)
    {
        double squared = 0;
        for (int i = 0; i < count; i++)
        {
            x[i] += length * p[i];
            r[i] -= length * product[i];
            squared += r[i] * r[i];
        }

        return squared;
    }

    /// <summary>product = (I - M) p.</summary>
    /// <returns>p product.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Multiply(int count, double* p, double* product)
    {
        int* starts = _starts.Pointer;
        double inner = 0;
        fixed (int* targets = _targets)
        fixed (double* weights = _weights)
        {
            for (int i = 0; i < count; i++)
            {
                double sum = p[i];
                for (int edge = starts[i]; edge < starts[i + 1]; edge++)
                {
                    sum -= weights[edge] * p[targets[edge]];
                }

                product[i] = sum;
                inner += p[i] * sum;
            }
        }

        return inner;
    }

    /// <summary>The edges between vertices of the part, by their places in it.</summary>
    private void TakePart(ReadOnlySpan<int> part)
    {
        for (int place = 0; place < part.Length; place++)
        {
            _places.Pointer[part[place]] = place;
        }

        int count = 0;
        for (int place = 0; place < part.Length; place++)
        {
            _starts.Pointer[place] = count;
            Reserve(count + _edges.Length(part[place]));
            count = TakeEdges(part[place], count);
        }

        _starts.Pointer[part.Length] = count;
        foreach (int vertex in part)
        {
            _places.Pointer[vertex] = -1;
        }
    }

    private int TakeEdges(int vertex, int count)
    {
        int* targets = _edges.Targets(vertex);
        double* weights = _edges.Weights(vertex);
        for (int edge = 0; edge < _edges.Length(vertex); edge++)
        {
            int place = _places.Pointer[targets[edge]];
            if (place >= 0)
            {
                _targets[count] = place;
                _weights[count++] = weights[edge];
            }
        }

        return count;
    }

    private void Reserve(int count)
    {
        if (count > _targets.Length)
        {
            Array.Resize(ref _targets, Math.Max(count, 2 * _targets.Length));
            Array.Resize(ref _weights, _targets.Length);
        }
    }
}
