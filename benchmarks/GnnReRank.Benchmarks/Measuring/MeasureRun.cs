using System.Numerics.Tensors;
using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>Times the evaluation of two rankings and, in turn with it, one sum over all their indices.</summary>
internal sealed class MeasureRun(int queries, int gallery, int threads, int repeat)
{
    // As many queries as the evaluation hands out at a time.
    private const int Chunk = 16;

    public int Run()
    {
        Console.WriteLine($"{queries:N0} queries, full lists of {gallery:N0}, {threads} threads, medians of {repeat}");
        Console.WriteLine($"{"",-28}{"wall s",10}{"cpu s",10}");
        Time("random", MadeRanking.Random(queries, gallery));
        Time("typical", MadeRanking.Typical(queries, gallery));
        return 0;
    }

    private void Time(string name, Ranking ranking)
    {
        StageTimes read = new($"{name}, read");
        StageTimes measured = new($"{name}, measure");
        ComputeOptions options = new() { ThrottleLimit = threads };
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, null, options);
        long sum = Read(ranking);
        for (int run = 0; run < repeat; run++)
        {
            sum = read.Time(() => Read(ranking));
            accuracy = measured.Time(() => RetrievalEvaluator.Measure(ranking, null, options));
        }

        Console.WriteLine(read);
        Console.WriteLine(measured);
        Console.WriteLine($"    measure / read: {measured.Wall / read.Wall:0.00} of wall time, {measured.Cpu / read.Cpu:0.00} of processor time");
        Console.WriteLine($"    {accuracy}; indices add up to {sum:N0}");
    }

    /// <summary>One vectorised sum over every list, on the threads that the evaluation has.</summary>
    private long Read(Ranking ranking)
    {
        long sum = 0;
        Workers.ForRanges(threads, ranking.QueryCount, Chunk, (from, to) =>
        {
            for (int query = from; query < to; query++)
            {
                Interlocked.Add(ref sum, TensorPrimitives.Sum(ranking.GetIndexSpan(query)));
            }
        });
        return sum;
    }
}
