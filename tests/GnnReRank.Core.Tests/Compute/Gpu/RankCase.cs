using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Rows of scores and cosines, ranked by the device and by LINQ.</summary>
internal sealed class RankCase(int rows, int width, float[] scores, float[] cosines)
{
    private static readonly Dictionary<string, Func<Random, float>> s_makers = new()
    {
        ["distinct"] = static random => (float)random.NextDouble() - 0.5f,
        ["few values"] = static random => random.Next(-2, 3) / 4f,
        ["all equal"] = static _ => 0.25f,
        ["all zero, of both signs"] = static random => random.Next(2) == 0 ? 0f : -0f,
        ["all below zero"] = static random => -1f - random.Next(3),
        ["mostly zero"] = static random => random.Next(10) == 0 ? (float)random.NextDouble() : 0f,
        ["tiny"] = static random => random.Next(-1, 2) * float.Epsilon,
        ["ascending"] = static random => s_next = random.Next(3) == 0 ? s_next : s_next + 1f,
        ["descending"] = static random => s_next = random.Next(3) == 0 ? s_next : s_next - 1f,
    };

    [ThreadStatic]
    private static float s_next;

    public static IEnumerable<string> MakerNames => s_makers.Keys;

    public float[] Scores => scores;

    public float[] Cosines => cosines;

    public static RankCase Make(int rows, int width, string maker)
    {
        s_next = 0f;
        Random random = new(width);
        float[] scores = [.. Enumerable.Range(0, rows * width).Select(_ => s_makers[maker](random))];
        float[] cosines = [.. Enumerable.Range(0, rows * width).Select(_ => random.Next(3) == 0 ? random.Next(-5, 6) / 5f : random.NextSingle())];
        return new RankCase(rows, width, scores, cosines);
    }

    public static float Mix(float score, float cosine, float scoreWeight, float cosineWeight)
    {
        float left = score * scoreWeight;
        float right = cosine * cosineWeight;
        return left + right;
    }

    public void Check(GpuDevice device, int depth, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
    {
        RowBlocks<int> indices = new(rows, depth);
        RowBlocks<float> sorted = new(rows, depth);
        lock (device.Gate)
        {
            using GpuRanker ranker = new(device, rows, width, depth);
            Rank(ranker, device, scored, compared, scoreWeight, cosineWeight);
            ranker.CopyTo(indices, sorted, 0, rows, threads: 2);
        }

        AssertRows(indices, sorted, 0, scored, compared, scoreWeight, cosineWeight);
    }

    public void Rank(GpuRanker ranker, GpuDevice device, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
    {
        using MemoryBuffer1D<float, Stride1D.Dense> left = device.Allocate<float>(scored.Length);
        using MemoryBuffer1D<float, Stride1D.Dense> right = device.Allocate<float>(compared.Length);
        left.View.SubView(0, scored.Length).CopyFromCPU(scored);
        right.View.SubView(0, compared.Length).CopyFromCPU(compared);
        ranker.Rank(
            scored.Length == 0 ? default : left.View.BaseView, compared.Length == 0 ? default : right.View.BaseView,
            scoreWeight, cosineWeight, rows);
        device.Synchronize();
    }

    public void AssertRows(
        RowBlocks<int> indices, RowBlocks<float> sorted, int first, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
    {
        for (int row = 0; row < rows; row++)
        {
            int start = row * width;
            float[] ties = [.. Enumerable.Range(start, width).Select(at => scored.Length == 0 || compared.Length == 0 ? 0f : compared[at])];
            float[] final =
            [
                .. Enumerable.Range(start, width).Select(at => scored.Length == 0
                    ? compared[at]
                    : Mix(scored[at], compared.Length == 0 ? 0f : compared[at], scoreWeight, cosineWeight)),
            ];
            int[] expected =
            [
                .. Enumerable.Range(0, width).OrderByDescending(column => final[column])
                    .ThenByDescending(column => ties[column]).ThenBy(column => column).Take(indices.Width),
            ];
            Assert.Equal(expected, indices[first + row].ToArray());

            // Of the two zeros, the positive one.
            Assert.Equal(
                expected.Select(column => BitConverter.SingleToUInt32Bits(final[column] + 0f)),
                sorted[first + row].ToArray().Select(BitConverter.SingleToUInt32Bits));
        }
    }
}
