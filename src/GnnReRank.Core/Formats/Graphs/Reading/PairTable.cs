using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Rankings.Runs;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>Gathers lists from a table, pair by pair. Memory follows the pairs.</summary>
/// <param name="table">The table.</param>
/// <param name="options">The features, which say how many rows there are.</param>
/// <param name="isUnordered">Whether pairs come one by one, so that the order within a list says nothing.</param>
internal sealed class PairTable(RunSource table, GraphReadOptions options, bool isUnordered)
{
    private readonly GrowingArray<int> _sources = new();
    private readonly GrowingArray<int> _targets = new();
    private readonly GrowingArray<float> _scores = new();
    private readonly HashSet<int> _opened = [];
    private int _latest = -1;
    private int _largest = -1;

    /// <summary>Finds the rows of ids.</summary>
    public VertexIds Ids { get; } = new(table, options);

    /// <summary>Says that a row has a list, which may be empty.</summary>
    /// <exception cref="GnnReRankException">There is no such row.</exception>
    public void Open(int source, long place)
    {
        if (source == _latest && source >= 0)
        {
            return;
        }

        int known = CountOfFeatures();
        if (source < 0 || source == int.MaxValue || (known > 0 && source >= known))
        {
            throw table.Error(
                "GraphIndexOutOfRange", place,
                $"is of row {source}, and rows are counted from 0{(known > 0 ? $" to {known - 1}" : string.Empty)}, " +
                "queries first. Give the features that the table was made of.");
        }

        _opened.Add(source);
        _latest = source;
        _largest = Math.Max(_largest, source);
    }

    /// <summary>Adds a neighbour of a row that has a list.</summary>
    public void Add(int source, int target, float score)
    {
        if (isUnordered && target == ForeignLists.Padding)
        {
            return;
        }

        _sources.Add(source);
        _targets.Add(target);
        _scores.Add(score);
    }

    /// <summary>The lists of all rows, each in the order of its pairs.</summary>
    /// <exception cref="GnnReRankException">
    /// There are none, or rows have none and nothing says how many there are.
    /// </exception>
    public ForeignLists ToLists()
    {
        if (_largest < 0)
        {
            throw new GnnReRankException(
                "EmptyNeighborGraph", ErrorKind.InvalidData, $"'{table.Path}' holds no list. A graph has one for " +
                "each row.");
        }

        int known = CountOfFeatures();
        int rows = known > 0 ? known : RequireAll();
        int[] lengths = new int[rows];
        foreach (int source in _sources.Items)
        {
            lengths[source]++;
        }

        int columns = Math.Max(1, lengths.Max());
        if ((long)columns * rows > Array.MaxLength)
        {
            throw GraphErrors.TooLarge(table.Path, $"a table with {rows:N0} lists, the longest of {columns:N0},");
        }

        int[] indices = new int[rows * columns];
        float[] scores = new float[rows * columns];
        Array.Fill(indices, ForeignLists.Padding);
        Array.Clear(lengths);
        for (int pair = 0; pair < _sources.Count; pair++)
        {
            int source = _sources[pair];
            int place = (source * columns) + lengths[source]++;
            (indices[place], scores[place]) = (_targets[pair], _scores[pair]);
        }

        return new ForeignLists(table.Path, table.Path, indices, scores, rows, columns) { IsUnordered = isUnordered };
    }

    private int CountOfFeatures() => (options.Query?.RowCount ?? 0) + (options.Gallery?.RowCount ?? 0);

    // A number that one pair makes up must not make a graph of as many rows.
    private int RequireAll()
    {
        if (_opened.Count == _largest + 1)
        {
            return _opened.Count;
        }

        int missing = Enumerable.Range(0, _largest).First(row => !_opened.Contains(row));
        throw new GnnReRankException(
            "GraphListMissing", ErrorKind.InvalidData,
            $"'{table.Path}' has lists up to row {_largest:N0}, and none of row {missing:N0}. Number the rows " +
            "from 0 without a gap, or give the features, -Query and -Gallery, which say how many rows there are " +
            "and what they are called.");
    }
}
