using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed class RankSorterTests
{
    private static readonly Dictionary<string, Func<Random, float>> s_makers = new()
    {
        ["distinct"] = static random => (float)random.NextDouble() + 0.001f,
        ["mostly zero"] = static random => random.Next(10) == 0 ? (float)random.NextDouble() : 0f,
        ["all zero"] = static random => random.Next(2) == 0 ? 0f : -0f,
        ["few values"] = static random => random.Next(4) / 4f,
        ["both signs and zero"] = static random => random.Next(-3, 4) / 4f,
        ["all below zero"] = static random => -1f - random.Next(3),
        ["tiny"] = static random => random.Next(3) * float.Epsilon,
    };

    public static TheoryData<string> Names => [.. s_makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void OrdersByScoreThenCosineThenIndex(string maker)
    {
        foreach (int count in (int[])[1, 7, 8, 9, 400, 1_500, 5_003])
        {
            Random random = new(count);
            float[] scores = [.. Enumerable.Range(0, count).Select(_ => s_makers[maker](random))];
            float[] cosines = [.. Enumerable.Range(0, count).Select(_ => random.Next(-5, 6) / 5f)];
            int[] byCosine = [.. Enumerable.Range(0, count).OrderByDescending(i => scores[i]).ThenByDescending(i => cosines[i]).ThenBy(i => i)];
            int[] byIndex = [.. Enumerable.Range(0, count).OrderByDescending(i => scores[i]).ThenBy(i => i)];
            foreach (int depth in ((int[])[1, 5, 100, count / 2, count - 1, count]).Where(depth => depth >= 1 && depth <= count).Distinct())
            {
                AssertOrder(byCosine[..depth], scores, new FixedCosines(cosines));
                AssertOrder(byIndex[..depth], scores, null);
            }
        }
    }

    [Fact]
    public void AsksForTheCosinesOfTiesAlone()
    {
        FixedCosines cosines = new([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);
        AssertOrder([1, 4, 2, 0], [0.2f, 0.9f, 0.5f, 0.1f, 0.5f, 0.1f], cosines);
        Assert.Equal([2, 4], cosines.Asked.Order());
    }

    private static unsafe void AssertOrder(int[] expected, float[] scores, FixedCosines? cosines)
    {
        int[] indices = new int[expected.Length];
        float[] sorted = new float[expected.Length];
        using RankSorter sorter = new(scores.Length);
        fixed (float* pointer = scores)
        {
            sorter.Order(pointer, scores.Length, cosines, 0, indices, sorted);
        }

        Assert.Equal(expected, indices);
        Assert.Equal(expected.Select(row => scores[row]), sorted);
    }

    private sealed class FixedCosines(float[] cosines) : IQueryCosines
    {
        public List<int> Asked { get; } = [];

        public void Prepare(int first, int count, CancellationToken cancellationToken)
        {
        }

        public Span<float> Row(int query) => cosines;

        public void Take(int query, ReadOnlySpan<int> rows, Span<float> taken)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                Asked.Add(rows[i]);
                taken[i] = cosines[rows[i]];
            }
        }

        public void Dispose()
        {
        }
    }
}
