namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>The rules of CUDA's streams, as its programming guide has them.</summary>
public sealed class DriverQueueTests
{
    private readonly DriverQueue _queue = new();
    private readonly List<string> _done = [];

    [Fact]
    public void AnIndependentStreamWaitsForNobodyAndNobodyForIt()
    {
        nint own = _queue.Create(isIndependent: true);
        Start(own, "copy");
        Start(0, "kernel");
        _queue.Finish(0);
        Assert.Equal(["kernel"], _done);
        _queue.Finish(own);
        Assert.Equal(["kernel", "copy"], _done);
    }

    [Fact]
    public void AnOrdinaryStreamAndTheDefaultOneKeepTheirOrder()
    {
        nint own = _queue.Create(isIndependent: false);
        nint other = _queue.Create(isIndependent: false);
        Start(own, "first");
        Start(0, "second");
        Start(own, "third");
        Start(other, "fourth");
        _queue.Finish(0);
        Assert.Equal(["first", "second"], _done);
        _queue.Finish(other);
        Assert.Equal(["first", "second", "fourth"], _done);
        _queue.FinishAll();
        Assert.Equal(["first", "second", "fourth", "third"], _done);
    }

    private void Start(nint stream, string name) => _queue.Start(stream, () => _done.Add(name));
}
