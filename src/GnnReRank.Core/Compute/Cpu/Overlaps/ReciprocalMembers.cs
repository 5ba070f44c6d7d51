namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>
/// The rows that are reciprocal, and the smaller reciprocal sets of each of them where more than two thirds of such a set are reciprocal
/// with the vertex too.
/// </summary>
/// <param name="nearest">The nearest of each vertex, itself first.</param>
/// <param name="smaller">The sets that may be added.</param>
internal sealed class ReciprocalMembers(ListStretch nearest, ReciprocalSets smaller) : IMemberFinder
{
    // Of each row the last vertex whose member it was: twice its number plus 1 where it is reciprocal, plus 2 where it was added.
    private readonly int[] _marks = new int[nearest.Lists.VertexCount];

    public void Find(int vertex, MemberList members)
    {
        int reciprocal = (2 * vertex) + 1;
        nearest.AddReciprocal(vertex, members);
        foreach (int row in members.Rows)
        {
            _marks[row] = reciprocal;
        }

        int count = members.Count;
        for (int member = 0; member < count; member++)
        {
            ReadOnlySpan<int> set = smaller.Of(members.Rows[member]);
            int shared = 0;
            foreach (int row in set)
            {
                shared += _marks[row] == reciprocal ? 1 : 0;
            }

            if (3 * shared > 2 * set.Length)
            {
                Add(vertex, set, members);
            }
        }
    }

    private void Add(int vertex, ReadOnlySpan<int> set, MemberList members)
    {
        ReadOnlySpan<int> listed = nearest.Rows(vertex);
        ReadOnlySpan<float> cosines = nearest.Cosines(vertex);
        foreach (int row in set)
        {
            if (_marks[row] <= 2 * vertex || _marks[row] > (2 * vertex) + 2)
            {
                int position = listed.IndexOf(row);
                members.Add(row, position < 0 ? float.NaN : cosines[position]);
                _marks[row] = (2 * vertex) + 2;
            }
        }
    }
}
