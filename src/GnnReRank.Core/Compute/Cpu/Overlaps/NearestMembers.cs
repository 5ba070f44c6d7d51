namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The nearest rows.</summary>
/// <param name="nearest">The nearest of each vertex, itself first.</param>
internal sealed class NearestMembers(ListStretch nearest) : IMemberFinder
{
    public void Find(int vertex, MemberList members)
    {
        ReadOnlySpan<int> rows = nearest.Rows(vertex);
        ReadOnlySpan<float> cosines = nearest.Cosines(vertex);
        for (int position = 0; position < rows.Length; position++)
        {
            members.Add(rows[position], cosines[position]);
        }
    }
}
