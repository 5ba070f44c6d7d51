using System.Text.RegularExpressions;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Finds the array of a file that holds a run, and checks that it fits the matrices.</summary>
internal sealed partial class RunArrays
{
    private readonly IArrayFile _file;
    private readonly int _queryCount;
    private readonly int _galleryCount;

    public RunArrays(IArrayFile file, int queryCount, int galleryCount)
    {
        _file = file;
        _queryCount = queryCount;
        _galleryCount = galleryCount;
    }

    /// <summary>The array that is named, or the one that fits the matrices.</summary>
    /// <exception cref="GnnReRankException">There is none, or several fit.</exception>
    public NumericArray Find(RankingReadOptions options)
    {
        if (options.Name is string name)
        {
            return _file.Numbers(_file.Names.FirstOrDefault(each => each == name)
                ?? _file.Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw FormatErrors.ColumnNotFound(_file.Path, $"array '{name}'", _file.Names));
        }

        List<NumericArray> fitting = [];
        GnnReRankException? refused = null;
        foreach (string each in _file.Names)
        {
            try
            {
                NumericArray array = _file.Numbers(each);
                fitting.AddRange(Fits(array, options.ScoreKind) ? [array] : []);
            }
            catch (GnnReRankException exception)
            {
                // Text and the like beside the scores; told where nothing else is found.
                refused ??= exception;
            }
        }

        return fitting.Count switch
        {
            1 => fitting[0],
            0 when refused is not null && _file.Names.Count == 1 => throw refused,
            0 => throw FormatErrors.ColumnNotFound(
                _file.Path, $"array of {_queryCount:N0} queries x {(options.ScoreKind == RankingScoreKind.Index ? "ranks" : $"{_galleryCount:N0} gallery rows")}", _file.Names),
            _ => throw new GnnReRankException(
                "AmbiguousContent", ErrorKind.InvalidArgument,
                $"'{_file.Path}' holds several arrays that fit, {FormatErrors.Listed(fitting.Select(array => array.Name))}: say which with -Name."),
        };
    }

    /// <summary>Checks that an array fits the matrices.</summary>
    /// <exception cref="GnnReRankException">Its shape is another, it holds indices that are no integers, or it seems to hold distances and nothing says so.</exception>
    public static void Check(NumericArray array, int queryCount, int galleryCount, RankingScoreKind? kind)
    {
        bool areIndices = kind == RankingScoreKind.Index;
        string expected = $"{queryCount:N0} queries x {(areIndices ? "ranks" : $"{galleryCount:N0} gallery rows")}";
        if (array.Shape is not [long rows, long columns] || rows != queryCount || (areIndices ? columns < 1 : columns != galleryCount))
        {
            bool isTransposed = array.Shape is [long height, long width] && height == galleryCount && width == queryCount;
            throw new GnnReRankException(
                "WrongArrayShape", ErrorKind.InvalidData,
                $"'{array.Path}': {array.Text} does not fit, {expected} are expected. " +
                (isTransposed ? "It seems to be stored as gallery x queries: save it transposed."
                    : "Give the matrices that it was made of" + (areIndices ? "." : "; lists of gallery indices are read with -ScoreKind Index.")));
        }

        if (areIndices && array.Type.Kind == ElementKind.FloatingPoint)
        {
            throw FormatErrors.Unsupported(array.Path, $"{array.Text} holds {array.Type} numbers, and gallery indices are integers. Save it with astype('int32').");
        }

        if (areIndices)
        {
            CheckIndexCount(array);
        }

        if (array.Name.Contains("dist", StringComparison.OrdinalIgnoreCase))
        {
            RunColumns.RequireKind(array.Path, $"array '{array.Name}'", kind);
        }
        else if (array.Name.Length == 0 && DistanceWord().IsMatch(Path.GetFileNameWithoutExtension(array.Path)))
        {
            // The array of a .npy file has no name but the file's, which is free text: there 'distilled' is no distance.
            RunColumns.RequireKind(array.Path, "file, by its name,", kind);
        }
    }

    /// <summary>Checks that an array of indices can be held.</summary>
    /// <exception cref="GnnReRankException">It cannot.</exception>
    public static void CheckIndexCount(NumericArray array)
    {
        if (ArrayShape.ElementCount(array.Shape) > Array.MaxLength)
        {
            throw new GnnReRankException(
                "RunTooLarge", ErrorKind.TooLarge, $"'{array.Path}': {array.Text} has more indices than can be read ({Array.MaxLength:N0}). Keep fewer a query.");
        }
    }

    [GeneratedRegex("(?<![a-z])(euclidean|cos|jaccard|final)?dist(s|ances?|mat|matrix)?(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DistanceWord();

    private bool Fits(NumericArray array, RankingScoreKind? kind) => array.Shape is [long rows, long columns] && rows == _queryCount &&
        (kind == RankingScoreKind.Index ? array.Type.Kind != ElementKind.FloatingPoint : columns == _galleryCount);
}
