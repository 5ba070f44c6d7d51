using GnnReRank.Running;

namespace GnnReRank.Tests.Running;

public sealed class SplitMix64Tests
{
    // The published sequence for seed 1234567, as other implementations give it.
    [Fact]
    public void GivesThePublishedSequence()
    {
        SplitMix64 random = new(1234567);
        ulong[] drawn = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], drawn);
    }

    [Fact]
    public void IndicesFillTheirRangeEvenly()
    {
        const int draws = 70_000;
        int[] counts = new int[7];
        SplitMix64 random = SplitMix64.ForSample(seed: 5, sample: 0);
        for (int i = 0; i < draws; i++)
        {
            counts[random.NextIndex(7)]++;
        }

        // Chi-square with 6 degrees of freedom is above 27.9 once in 10,000 seeds.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 27.9);
    }

    [Fact]
    public void SeedsAndSamplesHaveStreamsOfTheirOwn()
    {
        IEnumerable<ulong> firsts =
            from seed in (int[])[int.MinValue, -1, 0, 1, int.MaxValue]
            from sample in (int[])[0, 1, 2, 999]
            select First(seed, sample);
        Assert.Equal(20, firsts.Distinct().Count());
    }

    private static ulong First(int seed, int sample)
    {
        SplitMix64 random = SplitMix64.ForSample(seed, sample);
        return random.Next();
    }
}
