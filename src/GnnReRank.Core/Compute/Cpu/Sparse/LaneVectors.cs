using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Sixteen sparse vectors side by side, dense in memory, and the list of the elements that any of them has.</summary>
internal sealed unsafe class LaneVectors : IDisposable
{
    private readonly int _length;
    private readonly NativeBuffer<float> _values;
    private readonly NativeBuffer<byte> _isUsed;
    private readonly NativeBuffer<int> _support;

    public LaneVectors(int length)
    {
        _length = length;
        _values = new NativeBuffer<float>((long)length * LaneKernels.Lanes, zeroed: true);
        _isUsed = new NativeBuffer<byte>(length, zeroed: true);
        _support = new NativeBuffer<int>(length);
    }

    /// <summary>length x 16.</summary>
    public float* Values => _values.Pointer;

    /// <summary>1 for each element in use, for who writes <see cref="Values"/>.</summary>
    public byte* IsUsed => _isUsed.Pointer;

    /// <summary>After <see cref="FindSupport"/>: the elements in use, ascending.</summary>
    public ReadOnlySpan<int> Support => _support.AsSpan(SupportLength);

    private int SupportLength { get; set; }

    public float* Of(int element) => _values.Pointer + ((long)element * LaneKernels.Lanes);

    /// <summary>Lists the elements in use.</summary>
    public void FindSupport()
    {
        Span<byte> isUsed = _isUsed.AsSpan(_length);
        int count = 0;
        int element = isUsed.IndexOf((byte)1);
        while (element >= 0)
        {
            _support.Pointer[count++] = element;
            int next = element + 1 < _length && isUsed[element + 1] != 0 ? 0 : isUsed[(element + 1)..].IndexOf((byte)1);
            element = next < 0 ? -1 : element + 1 + next;
        }

        SupportLength = count;
    }

    /// <summary>Makes the listed elements 0 again.</summary>
    public void Clear()
    {
        foreach (int element in Support)
        {
            NativeMemory.Clear(Of(element), LaneKernels.Lanes * sizeof(float));
            _isUsed.Pointer[element] = 0;
        }

        SupportLength = 0;
    }

    public void Dispose()
    {
        _values.Dispose();
        _isUsed.Dispose();
        _support.Dispose();
    }
}
