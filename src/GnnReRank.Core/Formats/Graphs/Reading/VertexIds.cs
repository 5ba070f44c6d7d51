using System.Globalization;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Rankings.Runs;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Finds the row of a graph that an id of a table stands for: a number from 0, or a name that the features know.
/// </summary>
internal sealed class VertexIds
{
    // The marks of rows without names in runs, which no graph has.
    private const char NoPrefix = '\0';

    private readonly RunSource _source;
    private readonly FeatureMatrix?[] _matrices;
    private readonly RowLookup?[] _lookups;
    private readonly bool _haveNames;
    private bool? _byName;

    /// <param name="source">The table.</param>
    /// <param name="options">The features, and by what rows are found.</param>
    public VertexIds(RunSource source, GraphReadOptions options)
    {
        _source = source;
        _matrices = [options.Query, options.Gallery];
        _lookups = [.. _matrices.Select(each => each is null ? null : new RowLookup(each, NoPrefix, isTrec: false))];
        _haveNames = _matrices.Any(each => each is not null) &&
            _matrices.All(each => each is null or { HasNames: true });
        _byName = options.Match switch
        {
            RankingMatch.Name => true,
            RankingMatch.Index => false,
            _ => null,
        };
    }

    /// <summary>The row of a number; -1 stands for no neighbour, a number past int32 for its end.</summary>
    public int Find(long id, long place) => _byName == true
        ? Find(id.ToString(CultureInfo.InvariantCulture), place)
        : (int)Math.Clamp(id, int.MinValue, int.MaxValue);

    /// <summary>The row of a text.</summary>
    /// <exception cref="GnnReRankException">No row, or several, have the name, or it is no number.</exception>
    public int Find(ReadOnlySpan<char> id, long place)
    {
        _byName ??= _haveNames && (Look(id) != RowLookup.Unknown || !WholeNumbers.TryParse(id, out _));
        if (_byName == false)
        {
            return WholeNumbers.TryParse(id, out long number)
                ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
                : throw _source.Error(
                    "UnknownVertex", place, $"names '{id}', which is no row number. Give the features with their " +
                    "names, -Query and -Gallery, or number the rows from 0, queries first.");
        }

        int row = _haveNames ? Look(id) : throw _source.Error(
            "UnknownVertex", place, $"names '{id}', and the features have no names. Give -Query and -Gallery with " +
            "names, or number the rows from 0, queries first: -MatchBy Index.");
        return row >= 0 ? row : throw _source.Error(
            "UnknownVertex", place, row == RowLookup.Ambiguous
                ? $"names '{id}', and several rows have that name. Number the rows from 0, queries first."
                : $"names '{id}', which no row of the features has. Give the features that the table was made of.");
    }

    private int Look(ReadOnlySpan<char> id)
    {
        int first = 0;
        int found = RowLookup.Unknown;
        for (int matrix = 0; matrix < _matrices.Length; matrix++)
        {
            int row = _lookups[matrix]?.Find(id) ?? RowLookup.Unknown;
            if (row != RowLookup.Unknown)
            {
                bool isOnly = row >= 0 && found == RowLookup.Unknown;
                found = isOnly ? first + row : RowLookup.Ambiguous;
            }

            first += _matrices[matrix]?.RowCount ?? 0;
        }

        return found;
    }
}
