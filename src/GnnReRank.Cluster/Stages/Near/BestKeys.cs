namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Lists of keys, best first, with 0 behind those that are short.</summary>
internal static class BestKeys
{
    /// <summary>Keeps the best of two lists, which share no key.</summary>
    /// <param name="best">One, which becomes the best of both.</param>
    /// <param name="others">The other, which may be shorter.</param>
    /// <param name="scratch">Room for the first.</param>
    public static void Merge(Span<ulong> best, ReadOnlySpan<ulong> others, Span<ulong> scratch)
    {
        best.CopyTo(scratch);
        int first = 0;
        int second = 0;
        for (int place = 0; place < best.Length; place++)
        {
            best[place] = second == others.Length || scratch[first] >= others[second]
                ? scratch[first++]
                : others[second++];
        }
    }
}
