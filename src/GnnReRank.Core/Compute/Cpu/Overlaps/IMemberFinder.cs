namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>Finds the rows that describe a vertex; one thread's.</summary>
internal interface IMemberFinder
{
    /// <summary>Adds the members of a vertex, itself among them, to an empty list.</summary>
    void Find(int vertex, MemberList members);
}
