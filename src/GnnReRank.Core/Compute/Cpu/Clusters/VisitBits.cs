using System.Numerics;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Which rows of one cluster visit each of the others, as bits.</summary>
internal sealed class VisitBits
{
    private const int WordBits = 64;

    private readonly int _words;
    private readonly ulong[] _bits;

    /// <param name="clusters">The clusters.</param>
    public VisitBits(RowClusters clusters)
    {
        _words = (clusters.LargestSize + WordBits - 1) / WordBits;
        _bits = new ulong[(long)clusters.Count * _words];
    }

    /// <summary>Takes the visits of a cluster's rows.</summary>
    /// <param name="probes">The clusters that each row visits.</param>
    /// <param name="first">The place of the first row.</param>
    /// <param name="count">How many.</param>
    public void Take(Probes probes, int first, int count)
    {
        Array.Clear(_bits);
        for (int row = 0; row < count; row++)
        {
            foreach (int cluster in probes[first + row])
            {
                _bits[(cluster * _words) + (row / WordBits)] |= 1UL << row;
            }
        }
    }

    /// <summary>Sets the bounds of rows that visit a cluster to infinity.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="first">0-based among the rows taken, a multiple of 64.</param>
    /// <param name="bounds">A bound a row.</param>
    public void Close(int cluster, int first, Span<float> bounds)
    {
        ReadOnlySpan<ulong> bits = _bits.AsSpan(cluster * _words, _words);
        for (int from = 0; from < bounds.Length; from += WordBits)
        {
            ulong left = bits[(first + from) / WordBits];
            while (left != 0)
            {
                int row = from + BitOperations.TrailingZeroCount(left);
                if (row < bounds.Length)
                {
                    bounds[row] = float.PositiveInfinity;
                }

                left &= left - 1;
            }
        }
    }
}
