namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>How similar a vertex is to the members of its list; one thread's.</summary>
internal interface IListSimilarity : IDisposable
{
    /// <summary>Takes a list's similarities, none of them negative.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <param name="members">Its list.</param>
    /// <param name="similarities">Receives one a member.</param>
    void Take(int vertex, ReadOnlySpan<int> members, Span<double> similarities);
}
