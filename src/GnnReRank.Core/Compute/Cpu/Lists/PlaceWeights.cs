using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>A weight for each place of a list, from 0.</summary>
internal sealed unsafe class PlaceWeights : IDisposable
{
    private readonly NativeBuffer<double> _weights;

    /// <param name="count">Places that have a weight.</param>
    /// <param name="weigh">The weight of a place.</param>
    public PlaceWeights(int count, Func<int, double> weigh)
    {
        _weights = new NativeBuffer<double>(count);
        for (int place = 0; place < count; place++)
        {
            _weights.Pointer[place] = weigh(place);
        }
    }

    public int Count => (int)_weights.Length;

    public double* Pointer => _weights.Pointer;

    public double this[int place] => _weights.Pointer[place];

    public void Dispose() => _weights.Dispose();
}
