using BenchmarkDotNet.Attributes;

namespace GnnReRank.Benchmarks;

/// <summary>The order of one full ranking row, beside what the runtime's own sort takes for it. One thread.</summary>
public class SortBenchmarks
{
    // Rows of one call, as a thread of the ranking stage sorts them with buffers it keeps.
    private const int Rows = 64;

    private float[] _scores = [];
    private float[] _sorted = [];
    private int[] _indices = [];

    /// <summary>Gallery rows.</summary>
    [Params(5_125, 19_732, 90_000)]
    public int Gallery { get; set; }

    /// <summary>Makes the scores: half of them 0, as where query and gallery have no common neighbour.</summary>
    [GlobalSetup]
    public void Begin()
    {
        Random random = new(1);
        _scores = [.. Enumerable.Range(0, Rows * Gallery).Select(_ => Math.Max(0, random.NextSingle() - 0.5f))];
        _sorted = new float[_scores.Length];
        _indices = new int[_scores.Length];
    }

    /// <summary>The engine's sort.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public void RankSorter() => EngineParts.SortRows(_scores, Rows, Gallery, _indices, _sorted, threads: 1);

    /// <summary>Array.Sort with indices.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void ArraySort()
    {
        for (int row = 0; row < Rows; row++)
        {
            int start = row * Gallery;
            for (int i = 0; i < Gallery; i++)
            {
                _sorted[start + i] = -_scores[start + i];
                _indices[start + i] = i;
            }

            Array.Sort(_sorted, _indices, start, Gallery);
        }
    }
}
