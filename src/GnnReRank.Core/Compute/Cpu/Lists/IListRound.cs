namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>What all threads share of one round: made of the lists as they are when it begins.</summary>
internal interface IListRound : IDisposable
{
    /// <summary>Makes a thread's similarity, which must be gone before this is.</summary>
    IListSimilarity CreateSimilarity();
}
