using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>The rows of one matrix, or of two one after the other, as float32 and pinned for the kernels.</summary>
internal sealed unsafe class VertexRows : IDisposable
{
    private readonly FeatureMatrix? _firstMatrix;
    private readonly FeatureMatrix _secondMatrix;
    private readonly int _firstCount;
    private readonly PinnedRows? _first;
    private readonly PinnedRows _second;

    public VertexRows(FeatureMatrix? first, FeatureMatrix second)
    {
        first?.Storage.RequireUnchanged();
        second.Storage.RequireUnchanged();
        _firstMatrix = first;
        _secondMatrix = second;
        _firstCount = first?.RowCount ?? 0;
        Count = checked(_firstCount + second.RowCount);
        Dimension = second.Dimension;
        _first = first?.Comparable.Pin();
        _second = second.Comparable.Pin();
        NeedsScratch = !_second.IsDirect || _first is { IsDirect: false };
    }

    public int Count { get; }

    /// <summary>Rows of the first matrix: the queries, where there are any.</summary>
    public int FirstCount => _firstCount;

    public int Dimension { get; }

    /// <summary>Whether a row may have to be widened before use.</summary>
    public bool NeedsScratch { get; }

    /// <summary>A row's values: the stored ones where they are float32, in memory or in a file; otherwise widened into the scratch.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <param name="scratch">Room for <see cref="Dimension"/> values; may be null where <see cref="NeedsScratch"/> is false.</param>
    public float* Row(int vertex, float* scratch) =>
        vertex < _firstCount ? _first!.Row(vertex, scratch) : _second.Row(vertex - _firstCount, scratch);

    public float InverseNorm(int vertex) =>
        vertex < _firstCount ? _firstMatrix!.Factors[vertex] : _secondMatrix.Factors[vertex - _firstCount];

    public void Dispose()
    {
        _first?.Dispose();
        _second.Dispose();
    }
}
