using System.Diagnostics;
using GnnReRank.Formats.Files;
using GnnReRank.Indexing.Files;

namespace GnnReRank.Tests.Index.Files;

/// <summary>
/// A write that fails or is killed leaves the old index, at whatever step, and nothing else for good.
/// </summary>
public sealed class InterruptedWriteTests : IDisposable
{
    // Where a process that is to kill itself finds the indexes that it is to write.
    private const string KilledFolder = "GNNRERANK_TEST_KILLED_FOLDER";

    private static readonly ReRankIndex s_old = ReRankIndex.Build(IndexSamples.Rows(20, 1), new CosineSettings());
    private static readonly ReRankIndex s_new = ReRankIndex.Build(IndexSamples.Rows(25, 2), new CosineSettings());

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFailureAtAnyStepLeavesTheOldIndex()
    {
        string path = _folder["a.rerank"];
        ReRankIndexFile.Write(path, s_old);
        byte[] old = File.ReadAllBytes(path);
        int steps = StepsOfAWrite();
        for (int failing = 0; failing < steps; failing++)
        {
            byte[] half = [];
            Assert.Throws<IOException>(() => Write(path, s_new, (step, file) =>
            {
                if (step == failing)
                {
                    half = BytesOf(file);
                    throw new IOException("No space left on device");
                }
            }));
            Assert.Equal(old, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder.Path))));

            // What a file system may show of it after a loss of power is no index either; the last step is the flush.
            if (failing < steps - 1)
            {
                File.WriteAllBytes(_folder["half.rerank"], half);
                Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(_folder["half.rerank"]));
                File.Delete(_folder["half.rerank"]);
            }
        }

        Write(path, s_new, (_, _) => { });
        IndexSamples.AssertSame(s_new, ReRankIndexFile.Read(path));
    }

    [Fact]
    public void AKilledProcessLeavesTheOldIndexAtEachStepAndTheNextWriteTidiesUp()
    {
        int steps = StepsOfAWrite();
        foreach (int step in Enumerable.Range(0, steps))
        {
            ReRankIndexFile.Write(_folder[$"{step}.rerank"], s_old);
        }

        ProcessStartInfo start = new(
            Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty, "dotnet"));
        string method = $"{typeof(InterruptedWriteTests).FullName}.{nameof(WritesAndKillsItselfWhereItIsTold)}";
        Array.ForEach([typeof(InterruptedWriteTests).Assembly.Location, "-method", method], start.ArgumentList.Add);
        start.Environment[KilledFolder] = _folder.Path;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using (Process process = Process.Start(start)!)
        {
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode is 137 or -1 or 9, $"{process.ExitCode}: {output}");
        }

        Assert.True(Directory.GetFiles(_folder.Path, ".*.tmp").Length == steps);
        foreach (int step in Enumerable.Range(0, steps))
        {
            IndexSamples.AssertSameAnswers(s_old, ReRankIndexFile.Read(_folder[$"{step}.rerank"], verify: true));
            ReRankIndexFile.Write(_folder[$"{step}.rerank"], s_new, overwrite: true);
        }

        Assert.Equal(steps, Directory.GetFiles(_folder.Path).Length);
    }

    // What the process of the test above runs: a write for each step, which waits there, until all do.
    [Fact]
    public void WritesAndKillsItselfWhereItIsTold()
    {
        if (Environment.GetEnvironmentVariable(KilledFolder) is not string folder)
        {
            return;
        }

        int steps = StepsOfAWrite();
        using CountdownEvent waiting = new(steps);
        for (int each = 0; each < steps; each++)
        {
            int stop = each;
            new Thread(() => Write(Path.Combine(folder, $"{stop}.rerank"), s_new, (step, _) =>
            {
                if (step == stop)
                {
                    waiting.Signal();
                    Thread.Sleep(Timeout.Infinite);
                }
            })) { IsBackground = true }.Start();
        }

        waiting.Wait(TestContext.Current.CancellationToken);
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private static int StepsOfAWrite()
    {
        using TemporaryFolder folder = new();
        int steps = 0;
        Write(folder["a.rerank"], s_new, (step, _) => steps = step + 1);
        return steps;
    }

    // As ReRankIndexFile.Write, but watched.
    private static void Write(string path, ReRankIndex index, Action<int, string> before) =>
        AtomicFile.Write(path, overwrite: true, temporary =>
        {
            using FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            using WatchedStream watched = new(file, step => before(step, temporary));
            IndexContent.Write(
                new SectionWriter(watched, _ => { }), index.Snapshot, index.Method, ComputeOptions.Default);
        });

    private static byte[] BytesOf(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
