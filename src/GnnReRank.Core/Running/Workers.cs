using System.Runtime.ExceptionServices;

namespace GnnReRank.Running;

/// <summary>Spreads numbered work over threads that live for one call.</summary>
internal static class Workers
{
    /// <summary>Gives out [0, count) in ranges of at most chunk, in ascending order, each to whichever thread is free.</summary>
    /// <typeparam name="TState">What each thread keeps between ranges; disposed at the end.</typeparam>
    /// <param name="threads">The largest number of threads; the caller's is one of them.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="chunk">The most items in a range.</param>
    /// <param name="createState">Called once on each thread.</param>
    /// <param name="body">Works on items [from, to).</param>
    /// <exception cref="Exception">The first error of any thread; no range is begun after it.</exception>
    public static void ForRanges<TState>(int threads, int count, int chunk, Func<TState> createState, Action<TState, int, int> body)
        where TState : IDisposable
    {
        Queue queue = new(count, chunk);
        Run(queue, threads, createState, body);
    }

    /// <summary>
    /// The same for work whose results are handed on in the order of the ranges, one after the other: a thread whose turn
    /// it is not waits, so that no more than a range a thread is held.
    /// </summary>
    /// <typeparam name="TState">What each thread keeps between ranges; disposed at the end.</typeparam>
    /// <param name="threads">The largest number of threads; the caller's is one of them.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="chunk">The most items in a range.</param>
    /// <param name="createState">Called once on each thread.</param>
    /// <param name="body">Works on items [from, to).</param>
    /// <param name="handOn">Hands on what the body made of the same items.</param>
    /// <exception cref="Exception">The first error of any thread; no range is begun or handed on after it.</exception>
    public static void ForOrderedRanges<TState>(
        int threads, int count, int chunk, Func<TState> createState, Action<TState, int, int> body,
        Action<TState, int, int> handOn)
        where TState : IDisposable
    {
        Queue queue = new(count, chunk);
        Run(queue, threads, createState, (state, from, to) =>
        {
            body(state, from, to);
            queue.InTurn(from, to, () => handOn(state, from, to));
        });
    }

    /// <summary>The same for work that keeps nothing between ranges.</summary>
    public static void ForRanges(int threads, int count, int chunk, Action<int, int> body) =>
        ForRanges(threads, count, chunk, static () => new NoState(), (_, from, to) => body(from, to));

    private static void Run<TState>(
        Queue queue, int threads, Func<TState> createState, Action<TState, int, int> body)
        where TState : IDisposable
    {
        int helpers = (int)Math.Min(threads, queue.RangeCount) - 1;
        List<Thread> others = [];
        try
        {
            while (others.Count < helpers)
            {
                Thread other = new(() => Drain(queue, createState, body)) { IsBackground = true, Name = "GnnReRank worker" };
                other.Start();
                others.Add(other);
            }
        }
        catch (Exception error)
        {
            // Threads already begun use the caller's buffers: they must end before the error leaves.
            queue.Fail(error);
        }

        Drain(queue, createState, body);
        foreach (Thread other in others)
        {
            other.Join();
        }

        queue.Error?.Throw();
    }

    private static void Drain<TState>(Queue queue, Func<TState> createState, Action<TState, int, int> body)
        where TState : IDisposable
    {
        try
        {
            using TState state = createState();
            while (queue.TryTake(out int from, out int to))
            {
                body(state, from, to);
            }
        }
        catch (Exception error)
        {
            queue.Fail(error);
        }
    }

    private sealed class Queue(int count, int chunk)
    {
        private readonly object _turn = new();
        private ExceptionDispatchInfo? _error;
        private long _next;
        private int _handedOn;

        public long RangeCount => (count + (long)chunk - 1) / chunk;

        public ExceptionDispatchInfo? Error => _error;

        public bool TryTake(out int from, out int to)
        {
            long start = Interlocked.Add(ref _next, chunk) - chunk;
            from = (int)Math.Min(start, count);
            to = (int)Math.Min(start + chunk, count);
            return from < to && Volatile.Read(ref _error) is null;
        }

        /// <summary>Waits until all ranges before this are handed on; does nothing after an error.</summary>
        public void InTurn(int from, int to, Action handOn)
        {
            lock (_turn)
            {
                while (_handedOn != from && _error is null)
                {
                    Monitor.Wait(_turn);
                }

                if (_error is null)
                {
                    handOn();
                    _handedOn = to;
                    Monitor.PulseAll(_turn);
                }
            }
        }

        public void Fail(Exception error)
        {
            Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
            lock (_turn)
            {
                Monitor.PulseAll(_turn);
            }
        }
    }

    private readonly struct NoState : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
