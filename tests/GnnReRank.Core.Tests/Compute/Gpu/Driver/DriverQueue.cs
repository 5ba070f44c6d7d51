namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>
/// What was started on all streams and is not done yet. Work is done as late as the rules of streams allow, so that a
/// wait that is missing shows: a stream's own work stays in order; the default stream waits for what was started
/// before it on streams that do not opt out, and these for it.
/// </summary>
internal sealed class DriverQueue
{
    private readonly List<(nint Stream, Action Work)> _waiting = [];
    private readonly HashSet<nint> _independent = [];
    private nint _lastStream;

    /// <summary>A new stream.</summary>
    /// <param name="isIndependent">Whether it opts out of the default stream's order.</param>
    public nint Create(bool isIndependent)
    {
        _lastStream++;
        if (isIndependent)
        {
            _independent.Add(_lastStream);
        }

        return _lastStream;
    }

    /// <summary>Whether there is such a stream; 0 is the default one.</summary>
    public bool Knows(nint stream) => stream >= 0 && stream <= _lastStream;

    public void Start(nint stream, Action work) => _waiting.Add((stream, work));

    /// <summary>Does what a stream has started, and what that must wait for.</summary>
    public void Finish(nint stream)
    {
        List<int> needed = [];
        for (int at = _waiting.Count - 1; at >= 0; at--)
        {
            nint other = _waiting[at].Stream;
            if (other == stream || needed.Any(later => Follows(_waiting[later].Stream, other)))
            {
                needed.Add(at);
            }
        }

        needed.Reverse();
        Action[] works = [.. needed.Select(at => _waiting[at].Work)];
        foreach (int at in Enumerable.Reverse(needed))
        {
            _waiting.RemoveAt(at);
        }

        Array.ForEach(works, work => work());
    }

    public void FinishAll()
    {
        Action[] works = [.. _waiting.Select(entry => entry.Work)];
        _waiting.Clear();
        Array.ForEach(works, work => work());
    }

    private bool Follows(nint later, nint earlier) =>
        later == earlier || ((later == 0 || earlier == 0) && !_independent.Contains(later) && !_independent.Contains(earlier));
}
