using GnnReRank.Running;

namespace GnnReRank.Tests;

public sealed class OrderedRangesTests
{
    [Theory]
    [InlineData(1, 10, 3)]
    [InlineData(4, 1000, 7)]
    [InlineData(8, 5, 64)]
    public void WhatThreadsMakeIsHandedOnInOrder(int threads, int count, int chunk)
    {
        List<int> handedOn = [];
        Random random = new(1);
        int[] spins = [.. Enumerable.Range(0, count).Select(_ => random.Next(2000))];
        Workers.ForOrderedRanges(
            threads, count, chunk, static () => new Made(),
            (made, from, to) =>
            {
                Thread.SpinWait(spins[from]);
                made.Items.Clear();
                made.Items.AddRange(Enumerable.Range(from, to - from));
            },
            (made, _, _) => handedOn.AddRange(made.Items));
        Assert.Equal(Enumerable.Range(0, count), handedOn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnErrorEndsTheWaitOfOthers(bool whileHandedOn)
    {
        List<int> handedOn = [];
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Workers.ForOrderedRanges(
            4, 400, 1, static () => new Made(),
            (_, from, _) => ThrowAt(from, whileHandedOn ? -1 : 37),
            (_, from, _) =>
            {
                ThrowAt(from, whileHandedOn ? 37 : -1);
                handedOn.Add(from);
            }));
        Assert.Equal("37", error.Message);
        Assert.Equal(Enumerable.Range(0, handedOn.Count), handedOn);
        Assert.InRange(handedOn.Count, 0, 37);
    }

    [Fact]
    public void SoDoesOneOfAThreadThatCouldNotBegin()
    {
        int begun = 0;
        Assert.Throws<InvalidOperationException>(() => Workers.ForOrderedRanges(
            4, 400, 1,
            () => Interlocked.Increment(ref begun) == 2 ? throw new InvalidOperationException() : new Made(),
            static (_, _, _) => Thread.SpinWait(5000), static (_, _, _) => { }));
    }

    private static void ThrowAt(int from, int place)
    {
        if (from == place)
        {
            throw new InvalidOperationException($"{place}");
        }
    }

    private sealed class Made : IDisposable
    {
        public List<int> Items { get; } = [];

        public void Dispose() => Items.Clear();
    }
}
