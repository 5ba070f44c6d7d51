using System.Numerics.Tensors;
using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Transforming;

/// <summary>The rows of one matrix, transformed.</summary>
internal sealed class TransformedRows
{
    // A multiple of the rows of a panel.
    private const int RowsPerBlock = 32;

    private readonly FeatureTransform _transform;
    private readonly FeatureMatrix _matrix;
    private readonly RowSteps _steps;
    private readonly Panels? _components;
    private readonly double[] _deviations;
    private int _lost;

    public TransformedRows(FeatureTransform transform, FeatureMatrix matrix)
    {
        _transform = transform;
        _matrix = matrix;
        _steps = new RowSteps(transform.Options.Normalize, transform.Means);
        _deviations = Deviations(transform);
        if (transform.Principal is PrincipalComponents principal)
        {
            _components = new Panels(principal.Count, principal.Mean.Length);
            for (int index = 0; index < principal.Count; index++)
            {
                _components.SetVector(index, principal.Component(index));
            }
        }
    }

    /// <summary>How many rows the centring left nothing of.</summary>
    public int LostCount => _lost;

    /// <summary>The matrix, with all that is known of its rows.</summary>
    public FeatureMatrix ToMatrix(ComputeOptions options)
    {
        int width = _transform.OutputDimension;
        float[] values = new float[FeatureMatrixChecks.ElementCount(_matrix.RowCount, width)];
        StageReporter reporter = new(StageNames.Transforming, _matrix.RowCount, StageUnits.Rows, options);
        using (PinnedRows rows = _matrix.Storage.Pin())
        {
            Workers.ForRanges(options.ThreadCount, _matrix.RowCount, RowsPerBlock, (from, to) =>
            {
                Transform(rows, from, to - from, values.AsSpan(from * width, (to - from) * width));
                reporter.Advance(to - from);
            });
        }

        reporter.Complete($"{_matrix.RowCount:N0} rows, {_matrix.Dimension:N0} -> {width:N0} columns");
        return FeatureMatrix.Adopt(
            new ArrayStorage<float>(values, _matrix.RowCount, width), _matrix.LabelArray, _matrix.CameraArray,
                _matrix.NameArray,
            _matrix.Role, _matrix.Source, inverseNorms: null, _matrix.LabelNames);
    }

    private static double[] Deviations(FeatureTransform transform)
    {
        if (transform.Principal is not PrincipalComponents principal || !transform.Options.Whiten)
        {
            return [];
        }

        double share = transform.Options.Shrinkage;
        double mean = principal.TotalVariance / transform.Dimension;
        return Array.ConvertAll(
            principal.Variances.ToArray(), variance => Math.Sqrt(((1 - share) * variance) + (share * mean)));
    }

    private void Transform(PinnedRows rows, int first, int count, Span<float> target)
    {
        int dimension = _matrix.Dimension;
        int width = _transform.OutputDimension;
        double[] block = new double[count * dimension];
        float[] stored = new float[dimension];
        for (int index = 0; index < count; index++)
        {
            rows.CopyRow(first + index, stored);
            int camera = _matrix.CameraSpan.IsEmpty ? 0 : _matrix.CameraSpan[first + index];
            if (_steps.Apply(stored, camera, block.AsSpan(index * dimension, dimension)))
            {
                Interlocked.Increment(ref _lost);
            }
        }

        double[] result = _components is null ? block : Project(block, count);
        for (int index = 0; index < count; index++)
        {
            Span<double> row = result.AsSpan(index * width, width);
            if (_transform.Options.Normalize)
            {
                DoubleRow.Normalize(row);
            }

            TensorPrimitives.ConvertSaturating<double, float>(row, target.Slice(index * width, width));
        }
    }

    private double[] Project(double[] block, int count)
    {
        PrincipalComponents principal = _transform.Principal!;
        int dimension = principal.Mean.Length;
        Panels rows = new(count, dimension);
        bool[] isZero = new bool[count];
        for (int index = 0; index < count; index++)
        {
            Span<double> row = block.AsSpan(index * dimension, dimension);
            isZero[index] = _transform.Options.Normalize && !row.ContainsAnyExcept(0.0);
            TensorPrimitives.Subtract(row, principal.Mean, row);
            rows.SetVector(index, row);
        }

        int stride = _components!.Count * Panels.Width;
        double[] products = new double[rows.Count * Panels.Width * stride];
        for (int panel = 0; panel < _components.Count; panel++)
        {
            for (int eight = 0; eight < rows.Count; eight++)
            {
                Span<double> sums = products.AsSpan((eight * Panels.Width * stride) + (panel * Panels.Width));
                rows.AddProducts(eight, _components, panel, dimension, sums, stride);
            }
        }

        double[] result = new double[count * principal.Count];
        for (int index = 0; index < count; index++)
        {
            if (!isZero[index])
            {
                Span<double> row = result.AsSpan(index * principal.Count, principal.Count);
                products.AsSpan(index * stride, principal.Count).CopyTo(row);
                if (_deviations.Length > 0)
                {
                    TensorPrimitives.Divide(row, _deviations, row);
                }
            }
        }

        return result;
    }
}
