using System.Globalization;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Rankings;
using GnnReRank.Formats.Rankings.Runs;

namespace GnnReRank.Datasets.Judgements;

/// <summary>Reads lines 'query 0 document grade' into lists over the rows of two matrices. A grade above 0 is good, 0 is a negative.</summary>
internal sealed class QrelsTruth
{
    private const int FieldCount = 4;
    private const int LinesPerCheck = 4096;
    private const string Expected = "'query 0 document grade' is expected";

    private readonly RunSource _source;
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly bool _junkBelowZero;
    private readonly RunSide _querySide;
    private readonly RunSide _gallerySide;
    private readonly Dictionary<int, long>?[] _judged;
    private readonly List<int>[] _good;
    private readonly List<int>[] _junk;
    private readonly HashSet<string> _unknownQueries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknownImages = new(StringComparer.Ordinal);
    private int _goodWithoutRow;

    /// <param name="path">The file.</param>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="junkBelowZero">Whether grades below 0 are junk, and not negatives.</param>
    public QrelsTruth(string path, FeatureMatrix query, FeatureMatrix gallery, bool junkBelowZero)
    {
        _source = new RunSource(path, "line");
        _query = query;
        _gallery = gallery;
        _junkBelowZero = junkBelowZero;
        _querySide = new RunSide(_source, query, "query", match: null, new RowLookup(query, TrecName.QueryPrefix, isTrec: true));
        _gallerySide = new RunSide(_source, gallery, "gallery", match: null, new RowLookup(gallery, TrecName.GalleryPrefix, isTrec: true));
        _judged = new Dictionary<int, long>?[query.RowCount];
        _good = [.. Enumerable.Range(0, query.RowCount).Select(_ => new List<int>())];
        _junk = [.. Enumerable.Range(0, query.RowCount).Select(_ => new List<int>())];
    }

    /// <summary>The judged images that the matrices do not have.</summary>
    public IReadOnlyList<UnmatchedImage> UnmatchedImages =>
    [
        .. _unknownQueries.Select(name => new UnmatchedImage(FeatureRole.Query, new DatasetImage(name))),
        .. _unknownImages.Select(name => new UnmatchedImage(FeatureRole.Gallery, new DatasetImage(name))),
    ];

    /// <summary>A line for each matrix that lacks judged images.</summary>
    public IReadOnlyList<string> MissingImages =>
    [
        .. _unknownQueries.Count == 0 ? Array.Empty<string>() : [FormattableString.Invariant(
            $"{_unknownQueries.Count:N0} judged queries are not in the query matrix and are left out: {FormatErrors.Listed(_unknownQueries.Take(3))}.")],
        .. _unknownImages.Count == 0 ? Array.Empty<string>() : [FormattableString.Invariant(
            $"{_unknownImages.Count:N0} judged images are not in the gallery matrix, with {_goodWithoutRow:N0} judgements as relevant, which leave the lists: {FormatErrors.Listed(_unknownImages.Take(3))}. The figures are not those of the whole gallery.")],
    ];

    /// <summary>A line where queries of the matrix have no judgement.</summary>
    public IEnumerable<string> UnjudgedQueries
    {
        get
        {
            int[] unjudged = [.. Enumerable.Range(0, _judged.Length).Where(query => _judged[query] is null)];
            return unjudged.Length == 0 ? [] : [FormattableString.Invariant(
                $"{unjudged.Length:N0} of {_judged.Length:N0} queries have no judgement, and no figure: {FormatErrors.Listed(unjudged.Take(3).Select(query => TrecName.Of(_query, query, TrecName.QueryPrefix)))}.")];
        }
    }

    /// <exception cref="GnnReRankException">A line is no judgement, or says again what another said.</exception>
    public void Read(CancellationToken cancellation) => TextLines.Use(_source.Path, lines =>
    {
        while (lines.Read())
        {
            if (lines.Number % LinesPerCheck == 1)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Take(lines.Line, lines.Number);
        }

        return true;
    });

    /// <exception cref="GnnReRankException">No judgement is of a query and a gallery image of the matrices.</exception>
    public GroundTruth ToGroundTruth()
    {
        if (Array.TrueForAll(_judged, judged => judged is null))
        {
            throw new GnnReRankException(
                "QrelsMatchNothing", ErrorKind.InvalidData,
                $"'{_source.Path}': no judgement is of a query and a gallery image of the matrices. Judged queries are {FormatErrors.Listed(_unknownQueries.Take(3))}, " +
                $"judged images {FormatErrors.Listed(_unknownImages.Take(3))}; of the query matrix {RunErrors.RowsOf(_query, TrecName.QueryPrefix)}, of the gallery matrix {RunErrors.RowsOf(_gallery, TrecName.GalleryPrefix)}.");
        }

        return new GroundTruth(
            _good.Zip(_junk, (good, junk) => new QueryTruth { Easy = good.ToArray(), Junk = junk.ToArray() }),
            _gallery.RowCount, _query.Names, _gallery.Names);
    }

    private void Take(ReadOnlySpan<char> line, long number)
    {
        Span<Range> fields = stackalloc Range[FieldCount + 1];
        int count = line.SplitAny(fields, " \t\v\f", StringSplitOptions.RemoveEmptyEntries);
        if (count != FieldCount)
        {
            throw _source.Error("QrelsFieldCount", number, $"has {(count > FieldCount ? "more than 4" : count)} fields, and {Expected}. Give a file of judgements (qrels).");
        }

        ReadOnlySpan<char> text = line[fields[3]];
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int grade))
        {
            throw _source.Error("QrelsGradeNotANumber", number, $"has the grade '{text}', and a whole number is expected ({Expected}).");
        }

        Judge(line[fields[0]], line[fields[2]], grade, number);
    }

    private void Judge(ReadOnlySpan<char> queryName, ReadOnlySpan<char> imageName, int grade, long number)
    {
        int query = _querySide.Find(queryName, index: null, label: null, number);
        int image = _gallerySide.Find(imageName, index: null, label: null, number);
        if (query == RunSide.Unknown)
        {
            _unknownQueries.Add(queryName.ToString());
        }
        else if (image == RunSide.Unknown)
        {
            _unknownImages.Add(imageName.ToString());
            _goodWithoutRow += grade > 0 ? 1 : 0;
        }
        else
        {
            Dictionary<int, long> judged = _judged[query] ??= [];
            if (!judged.TryAdd(image, number))
            {
                throw _source.Error("QrelsJudgedTwice", number, $"judges '{imageName}' for '{queryName}' again, after line {judged[image]}. Drop one of them.");
            }

            (grade > 0 ? _good[query] : grade < 0 && _junkBelowZero ? _junk[query] : null)?.Add(image);
        }
    }
}
