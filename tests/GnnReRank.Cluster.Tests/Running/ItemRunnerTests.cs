using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Running;
using GnnReRank.Cluster.Stages;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

public sealed class ItemRunnerTests : IDisposable
{
    private readonly SmallJob _job = new(new CosineSettings());
    private readonly StringWriter _log = new();
    private readonly List<int> _ran = [];

    public ItemRunnerTests()
    {
        Directory.CreateDirectory(_job.Directory.Path);
        File.WriteAllText(_job.Directory.Plan, "{}");
    }

    private ItemMarks Marks => new(_job.Directory, _job.Plan.Id);

    public void Dispose()
    {
        _job.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void AnElementRunsEveryNthItemThatIsNotDone()
    {
        Marks.MarkDone("made", 4, new DoneMark(_job.Plan.Id, "other", 1, 1, 1, 1));
        Assert.Equal(ExitCodes.Done, Run(_ => { }, element: 1, elements: 3));
        Assert.Equal([1, 7], _ran);
        DoneMark mark = Marks.Done("made", 7)!;
        Assert.Equal((Environment.MachineName, 1), (mark.Host, mark.Attempt));
        Assert.True(mark.PeakMemory > 1 << 20);
        Assert.Equal("other", Marks.Done("made", 4)!.Host);
        Assert.Null(Marks.Done("made", 0));
    }

    [Fact]
    public void MarksOfAnotherJobAndBrokenOnesCountAsNone()
    {
        new ItemMarks(_job.Directory, "another").MarkDone("made", 0, new DoneMark("another", "other", 1, 1, 1, 1));
        Marks.MarkDone("made", 1, new DoneMark(_job.Plan.Id, "other", 1, 1, 1, 1));
        File.WriteAllText(_job.Directory.Done("made", 1), "{ \"id\":");
        Assert.Equal(ExitCodes.Done, Run(_ => { }, element: 0, elements: 1));
        Assert.Equal(Enumerable.Range(0, 8), _ran);
    }

    [Theory]
    [InlineData(ErrorKind.InvalidData, true)]
    [InlineData(ErrorKind.InvalidArgument, true)]
    [InlineData(ErrorKind.NotSupported, true)]
    [InlineData(ErrorKind.NotFound, false)]
    [InlineData(ErrorKind.TooLarge, false)]
    public void WhatFailsIsMarkedAndTheOtherItemsRun(ErrorKind kind, bool isPermanent)
    {
        void Work(int item)
        {
            if (item == 2)
            {
                throw new GnnReRankException("Made", kind, "why it failed");
            }
        }

        int code = isPermanent ? ExitCodes.Permanent : ExitCodes.Again;
        Assert.Equal(code, Run(Work, element: 0, elements: 2));
        Assert.Equal(code, Run(Work, element: 0, elements: 2));
        Assert.Equal([0, 2, 4, 6, 2], _ran);
        FailedMark mark = Marks.Failed("made", 2)!;
        Assert.Equal(
            (0, 2, isPermanent, "why it failed"), (mark.Element, mark.Attempts, mark.IsPermanent, mark.Message));
        Assert.Contains("made 2: attempt 2 failed: why it failed", _log.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Done, Run(_ => { }, element: 0, elements: 2));
        Assert.Null(Marks.Failed("made", 2));
        Assert.Equal(3, Marks.Done("made", 2)!.Attempt);
    }

    [Fact]
    public void WhatMayBeTriedAgainOutweighsWhatMayNot()
    {
        Assert.Equal(ExitCodes.Again, Run(
            item =>
            {
                if (item is 1 or 2 or 3)
                {
                    throw item == 2
                        ? new IOException("full")
                        : new GnnReRankException("Made", ErrorKind.InvalidData, "bad");
                }
            },
            element: 0, elements: 1));
        Assert.False(Marks.Failed("made", 2)!.IsPermanent);
        Assert.True(Marks.Failed("made", 3)!.IsPermanent);
    }

    [Fact]
    public void AnItemThatRunsHasAMarkSoThatAKilledOneLeavesIt()
    {
        FailedMark? seen = null;
        Run(item => seen = Marks.Failed("made", item), element: 7, elements: 8);
        Assert.Equal((7, 1, null), (seen!.Element, seen.Attempts, seen.Message));
    }

    [Fact]
    public void ACancelledItemIsAsIfItHadNeverBegun()
    {
        using CancellationTokenSource cancellation = new();
        Assert.Throws<OperationCanceledException>(() => Run(
            _ =>
            {
                cancellation.Cancel();
                cancellation.Token.ThrowIfCancellationRequested();
            },
            element: 0, elements: 1, cancellation));
        Assert.Null(Marks.Failed("made", 0));
    }

    [Fact]
    public void WhereThePlanIsGoneNothingIsMadeAnew()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Run(
            _ => Directory.Delete(_job.Directory.Path, recursive: true), element: 0, elements: 1));
        Assert.Equal("JobDirectoryGone", error.ErrorId);
        Assert.False(Directory.Exists(_job.Directory.Path));
        Assert.Equal([0], _ran);
    }

    [Fact]
    public void AFolderInTheNameOfAMarkIsNone()
    {
        Directory.CreateDirectory(_job.Directory.Done("made", 3));
        Directory.CreateDirectory(_job.Directory.Failed("made", 3));
        Assert.Null(Marks.Done("made", 3));
        Assert.Null(Marks.Failed("made", 3));
    }

    private int Run(Action<int> work, int element, int elements, CancellationTokenSource? cancellation = null)
    {
        void Noted(int item)
        {
            _ran.Add(item);
            work(item);
        }

        ComputeOptions options = SmallJob.Options with
        {
            CancellationToken = cancellation?.Token ?? CancellationToken.None,
        };
        return new ItemRunner(_job.Plan, _job.Directory, options, _log).Run(new MadeStage(Noted), element, elements);
    }

    private sealed class MadeStage(Action<int> work) : IJobStage
    {
        public string Name => "made";

        public int CountItems(JobPlan plan) => 8;

        public ItemEstimate Estimate(JobPlan plan) => default;

        public void Run(StageContext context, int item) => work(item);
    }
}
