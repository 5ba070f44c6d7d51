namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The queries or the gallery of a run: finds the matrix row that a name or a number of the run stands for.</summary>
internal sealed class RunSide
{
    /// <summary>No row has the name.</summary>
    public const int Unknown = RowLookup.Unknown;

    private readonly RunSource _source;
    private readonly FeatureMatrix _matrix;
    private readonly string _role;
    private readonly RankingMatch? _match;
    private readonly RowLookup _lookup;

    /// <param name="source">The run.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="role">"query" or "gallery".</param>
    /// <param name="match">By what rows are found.</param>
    /// <param name="lookup">Finds them by name.</param>
    public RunSide(RunSource source, FeatureMatrix matrix, string role, RankingMatch? match, RowLookup lookup)
    {
        _source = source;
        _matrix = matrix;
        _role = role;
        _match = match;
        _lookup = lookup;
    }

    /// <summary>The 0-based row; <see cref="Unknown"/> where no row has the name.</summary>
    /// <param name="name">The name; empty where the run gives none.</param>
    /// <param name="index">The row that the run gives; null where it gives none.</param>
    /// <param name="label">The label that the run gives; null where it gives none.</param>
    /// <param name="place">Where it stands in the file.</param>
    /// <exception cref="GnnReRankException">A number is out of range, several rows have the name, or neither is given.</exception>
    public int Find(ReadOnlySpan<char> name, long? index, long? label, long place)
    {
        if (_match == RankingMatch.Index)
        {
            return ByIndex(index ?? NumberIn(name, place), label, place);
        }

        bool byName = !name.IsEmpty && (_match == RankingMatch.Name || index is null || _matrix.HasNames);
        if (byName)
        {
            // The row that the run gives tells rows of one name apart.
            return index >= 0 && index < _matrix.RowCount && _matrix.HasNames && name.SequenceEqual(_matrix.NameSpan[(int)index])
                ? (int)index
                : ByName(name, place);
        }

        return _match == RankingMatch.Name || index is null
            ? throw _source.Error("RunNameMissing", place, $"has no name of its {_role} image. Correct the run, or match by numbers: -MatchBy Index.")
            : ByIndex(index.Value, label, place);
    }

    private int ByName(ReadOnlySpan<char> name, long place)
    {
        int row = _lookup.Find(name);
        return row != RowLookup.Ambiguous ? row : throw _source.Error(
            "RunNameAmbiguous", place,
            $"names '{name}', and several rows of the {_role} matrix have that name. A run with row numbers (CSV, Parquet, JSON lines) tells them apart.");
    }

    private int ByIndex(long index, long? label, long place)
    {
        if (index < 0 || index >= _matrix.RowCount)
        {
            throw _source.Error(
                "RunIndexOutOfRange", place,
                $"has {_role} row {index}, and the {_role} matrix has the rows 0 to {_matrix.RowCount - 1}. Give the matrices that the run was made of.");
        }

        if (label is long given && _matrix.HasLabels && _matrix.LabelSpan[(int)index] != given)
        {
            throw _source.Error(
                "RunLabelMismatch", place,
                $"gives {_role} row {index} the label {given}, and the {_role} matrix has {_matrix.LabelSpan[(int)index]} there: its rows are others, or in another order. " +
                "Give the matrices that the run was made of, or names to both.");
        }

        return (int)index;
    }

    private long NumberIn(ReadOnlySpan<char> name, long place)
    {
        int row = _lookup.FindNumber(name);
        return row != Unknown ? row : throw _source.Error(
            "RunIndexOutOfRange", place,
            $"has '{name}' for its {_role} image, which is no row of the {_role} matrix: numbers from 0 to {_matrix.RowCount - 1} are expected with -MatchBy Index.");
    }
}
