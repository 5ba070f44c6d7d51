namespace GnnReRank;

/// <summary>The filters of a selection, applied row by row; remembers how many rows each left, for the error where none is.</summary>
internal sealed class RowFilter
{
    private const int Stages = 4;
    private const int NamesTold = 3;

    private readonly RowSelection _selection;
    private readonly string _subject;
    private readonly string _indexName;
    private readonly HashSet<int>? _indices;
    private readonly HashSet<long>? _labels;
    private readonly HashSet<int>? _cameras;
    private readonly NamePatterns? _names;
    private readonly long[] _left = new long[Stages];

    /// <summary>Checks the selection against what is known of the rows.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="subject">What the rows belong to, for messages: "'file.npz'".</param>
    /// <param name="hasLabels">Whether labels are known.</param>
    /// <param name="hasCameras">Whether cameras are known.</param>
    /// <param name="hasNames">Whether names are known.</param>
    /// <param name="indexName">The parameter that gave the indices, for messages.</param>
    /// <exception cref="GnnReRankException">A filter needs what is not known, or the selection contradicts itself.</exception>
    public RowFilter(
        RowSelection selection, string subject, bool hasLabels, bool hasCameras, bool hasNames, string indexName = "-Index")
    {
        RowSelectionChecks.Require(selection);
        _selection = selection;
        _subject = subject;
        _indexName = indexName;
        RowSelectionChecks.RequireKnown(selection.Labels is null || hasLabels, subject, "labels", "-Label", "-LabelColumn");
        RowSelectionChecks.RequireKnown(selection.Cameras is null || hasCameras, subject, "cameras", "-Camera", "-CameraColumn");
        RowSelectionChecks.RequireKnown(selection.Names is null || hasNames, subject, "names", "-Name", "-NameColumn");
        _indices = selection.Indices is null ? null : [.. selection.Indices];
        _labels = selection.Labels is null ? null : [.. selection.Labels];
        _cameras = selection.Cameras is null ? null : [.. selection.Cameras];
        _names = selection.Names is null ? null : new NamePatterns(selection.Names);
    }

    /// <summary>Whether a row passes. Ask once for each row: the answers are counted.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="label">Its label; any number where labels are not asked for.</param>
    /// <param name="camera">Its camera; any number where cameras are not asked for.</param>
    /// <param name="name">Its name; null where names are not asked for.</param>
    public bool Takes(int row, long label, int camera, string? name)
    {
        bool passes = Left(0, _indices is null || _indices.Contains(row))
            && Left(1, _labels is null || _labels.Contains(label))
            && Left(2, _cameras is null || _cameras.Contains(camera))
            && Left(3, _names is null || _names.Match(name!));
        return passes != _selection.Exclude;
    }

    /// <exception cref="GnnReRankException">An index lies outside the rows.</exception>
    public void CheckIndices(int rowCount)
    {
        int? outside = _selection.Indices?.Where(index => index < 0 || index >= rowCount).Cast<int?>().FirstOrDefault();
        if (outside is not null)
        {
            throw new GnnReRankException(
                "RowIndexOutOfRange", ErrorKind.InvalidArgument,
                $"{_subject}: {_indexName} holds {outside}, and its {rowCount:N0} rows go from 0 to {rowCount - 1}.");
        }
    }

    /// <summary>The error where no row was taken.</summary>
    /// <param name="rowCount">How many rows there were.</param>
    public GnnReRankException NothingLeft(int rowCount)
    {
        if (_selection is { Exclude: false, Names: not null, Indices: null, Labels: null, Cameras: null })
        {
            return NobodyNamed(_selection.Names, rowCount);
        }

        (string Name, bool IsGiven)[] filters =
        [
            (_indexName, _indices is not null), ("-Label", _labels is not null), ("-Camera", _cameras is not null), ("-Name", _names is not null),
        ];
        string[] steps = [.. filters.Select((filter, stage) => (filter, stage)).Where(step => step.filter.IsGiven)
            .Select(step => $"{step.filter.Name} left {_left[step.stage]:N0}")];
        string exclude = _selection.Exclude ? "; -Exclude then takes the other rows, and there is none" : string.Empty;
        return new GnnReRankException(
            "NoRowSelected", ErrorKind.NotFound,
            $"{_subject}: no row is left of {rowCount:N0}: {string.Join(", ", steps)}{exclude}. Correct or drop a filter.");
    }

    private GnnReRankException NobodyNamed(IReadOnlyList<string> names, int rowCount)
    {
        string others = names.Count > NamesTold ? $" or one of {names.Count - NamesTold:N0} other names" : string.Empty;
        string told = string.Join(" or ", names.Take(NamesTold).Select(name => $"'{name}'"));
        return new GnnReRankException(
            "NoRowSelected", ErrorKind.NotFound,
            $"{_subject}: no row of {rowCount:N0} is named {told}{others}. Correct the name; * and ? stand " +
            "for what is not known of it.");
    }

    private bool Left(int stage, bool passes)
    {
        _left[stage] += passes ? 1 : 0;
        return passes;
    }
}
