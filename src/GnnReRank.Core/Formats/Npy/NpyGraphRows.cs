namespace GnnReRank.Formats.Npy;

/// <summary>Brings the lists of a graph made elsewhere into this project's order, in place.</summary>
internal sealed class NpyGraphRows
{
    private const int Padding = -1;

    private readonly string _path;
    private readonly int[] _indices;
    private readonly float[] _scores;
    private readonly int _rows;
    private readonly int _columns;
    private readonly List<(float Score, int Index)> _neighbors = [];
    private readonly HashSet<int> _seen = [];

    public NpyGraphRows(string path, int[] indices, float[] scores, int rows, int columns)
    {
        _path = path;
        _indices = indices;
        _scores = scores;
        _rows = rows;
        _columns = columns;
    }

    /// <summary>One list: the vertex itself first, then by cosine descending and index ascending, then padding.</summary>
    /// <exception cref="GnnReRankException">The list names a vertex that does not exist, or one twice.</exception>
    public void Order(int vertex, GraphScoreKind kind)
    {
        Span<int> indices = _indices.AsSpan(vertex * _columns, _columns);
        Span<float> scores = _scores.AsSpan(vertex * _columns, _columns);
        float own = 1f;
        _neighbors.Clear();
        _seen.Clear();
        for (int position = 0; position < _columns; position++)
        {
            int index = indices[position];
            if (index == Padding)
            {
                continue;
            }

            CheckIndex(vertex, position, index);
            float cosine = NpyGraphScores.ToCosine(scores[position], kind);
            if (index == vertex)
            {
                own = cosine;
            }
            else
            {
                _neighbors.Add((cosine, index));
            }
        }

        _neighbors.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index));
        indices.Fill(Padding);
        scores.Clear();
        (indices[0], scores[0]) = (vertex, own);
        for (int position = 1; position < _columns && position <= _neighbors.Count; position++)
        {
            (scores[position], indices[position]) = _neighbors[position - 1];
        }
    }

    private void CheckIndex(int vertex, int position, int index)
    {
        if (index < 0 || index >= _rows)
        {
            string found = index is int.MaxValue or int.MinValue ? "a vertex past the range of int32" : $"vertex {index}";
            throw new GnnReRankException(
                "GraphIndexOutOfRange", ErrorKind.InvalidData,
                $"'{_path}': row {vertex}, position {position} names {found}: indices go from 0 to {_rows - 1} (-1 pads a short list). " +
                "Are the indices 0-based, and were the queries and the gallery searched as one set, queries first?");
        }

        if (!_seen.Add(index))
        {
            throw new GnnReRankException(
                "InvalidNeighborGraph", ErrorKind.InvalidData, $"'{_path}': row {vertex} names vertex {index} twice, at last at position {position}.");
        }
    }
}
