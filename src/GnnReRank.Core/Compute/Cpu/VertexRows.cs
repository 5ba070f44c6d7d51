using System.Buffers;

namespace GnnReRank.Compute.Cpu;

/// <summary>The rows of one matrix, or of two one after the other, pinned for the kernels.</summary>
internal sealed unsafe class VertexRows : IDisposable
{
    private readonly float* _first;
    private readonly float* _second;
    private readonly FeatureMatrix? _firstMatrix;
    private readonly FeatureMatrix _secondMatrix;
    private readonly int _firstCount;
    private MemoryHandle _firstPin;
    private MemoryHandle _secondPin;

    public VertexRows(FeatureMatrix? first, FeatureMatrix second)
    {
        _firstMatrix = first;
        _secondMatrix = second;
        _firstCount = first?.RowCount ?? 0;
        Count = checked(_firstCount + second.RowCount);
        Dimension = second.Dimension;
        _firstPin = first is null ? default : first.ValuesArray.AsMemory().Pin();
        _secondPin = second.ValuesArray.AsMemory().Pin();
        _first = (float*)_firstPin.Pointer;
        _second = (float*)_secondPin.Pointer;
    }

    public int Count { get; }

    public int Dimension { get; }

    public float* Row(int vertex) => vertex < _firstCount
        ? _first + ((long)vertex * Dimension)
        : _second + ((long)(vertex - _firstCount) * Dimension);

    public float InverseNorm(int vertex) =>
        vertex < _firstCount ? _firstMatrix!.InverseNorms[vertex] : _secondMatrix.InverseNorms[vertex - _firstCount];

    public void Dispose()
    {
        _firstPin.Dispose();
        _secondPin.Dispose();
    }
}
