namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The rows that are reciprocal within their camera, and those that are between cameras.</summary>
/// <param name="own">The nearest of each vertex in its own camera, itself first.</param>
/// <param name="others">The nearest of other cameras, without the vertex.</param>
internal sealed class CameraMembers(ListStretch own, ListStretch others) : IMemberFinder
{
    public void Find(int vertex, MemberList members)
    {
        own.AddReciprocal(vertex, members);
        others.AddReciprocal(vertex, members);
    }
}
