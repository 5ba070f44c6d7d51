using BenchmarkDotNet.Attributes;

namespace GnnReRank.Benchmarks;

/// <summary>The order of one full ranking row, beside what the runtime's own sort takes for it.</summary>
public class SortBenchmarks
{
    private float[] _scores = [];
    private float[] _keys = [];
    private float[] _sorted = [];
    private int[] _indices = [];

    /// <summary>Gallery rows.</summary>
    [Params(5_125, 19_732, 90_000)]
    public int Gallery { get; set; }

    /// <summary>Makes the scores: half of them 0, as after message passing.</summary>
    [GlobalSetup]
    public void Begin()
    {
        Random random = new(1);
        _scores = [.. Enumerable.Range(0, Gallery).Select(_ => Math.Max(0, random.NextSingle() - 0.5f))];
        _keys = new float[Gallery];
        _sorted = new float[Gallery];
        _indices = new int[Gallery];
    }

    /// <summary>The engine's radix sort, ties and all.</summary>
    [Benchmark(Baseline = true)]
    public void RadixSort() => EngineParts.SortRows(_scores, 1, Gallery, _indices, _sorted, threads: 1);

    /// <summary>Array.Sort with indices.</summary>
    [Benchmark]
    public void ArraySort()
    {
        for (int i = 0; i < Gallery; i++)
        {
            _keys[i] = -_scores[i];
            _indices[i] = i;
        }

        Array.Sort(_keys, _indices);
    }
}
