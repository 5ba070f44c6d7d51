using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>
/// The gallery of Oxford-5k or Paris-6k. Their text files name positives and junk alone, so the negatives come from the folder of the
/// images or, where it is not there, from the features.
/// </summary>
internal sealed class OxfordGallery
{
    // Paris's authors name these as corrupted; they are left out by convention, which leaves 6,392 images.
    private static readonly HashSet<string> s_corrupted = new(StringComparer.Ordinal)
    {
        "paris_louvre_000136", "paris_louvre_000146", "paris_moulinrouge_000422", "paris_museedorsay_001059", "paris_notredame_000188",
        "paris_pantheon_000284", "paris_pantheon_000960", "paris_pantheon_000974", "paris_pompidou_000195", "paris_pompidou_000196",
        "paris_pompidou_000201", "paris_pompidou_000467", "paris_pompidou_000640", "paris_sacrecoeur_000299", "paris_sacrecoeur_000330",
        "paris_sacrecoeur_000353", "paris_triomphe_000662", "paris_triomphe_000833", "paris_triomphe_000863", "paris_triomphe_000867",
    };

    private readonly DatasetKind _kind;
    private readonly string _path;
    private readonly OxfordQuery[] _queries;
    private readonly List<string> _warnings = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    public OxfordGallery(DatasetKind kind, string path, OxfordQuery[] queries, CancellationToken cancellation)
    {
        _kind = kind;
        _path = path;
        _queries = queries;
        string[] inFolder = [.. LandmarkFiles.All(path, "*.jpg", cancellation).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];
        IsOpen = inFolder.Length == 0;
        string[] listed = [.. queries.SelectMany(Named).Distinct().Order(StringComparer.Ordinal)];
        HashSet<string> known = [.. listed];
        AddAll(inFolder.Where(name => known.Contains(name) || !s_corrupted.Contains(name)));
        int found = _names.Count;
        AddAll(listed);
        Warn(inFolder, missing: _names.Count - found);
    }

    /// <summary>Whether there may be images that are not known here.</summary>
    public bool IsOpen { get; }

    public DatasetTruth Truth()
    {
        RowLists lists = new();
        QueryTruth[] truth = Array.ConvertAll(_queries, query => lists.Make(query.Image, Rows(query.Good), Rows(query.Ok), Rows(query.Junk), query.Region));
        string[] queryNames = Array.ConvertAll(_queries, query => query.Image);
        return new DatasetTruth(
            Array.ConvertAll(queryNames, name => new DatasetImage(name)),
            [.. _names.Select(name => new DatasetImage(name))],
            new GroundTruth(truth, _names.Count, queryNames, _names))
        {
            GalleryIsOpen = IsOpen,
            HasOrder = !IsOpen,
            Warnings = [.. _warnings, .. lists.Warnings],
        };
    }

    // The query's image is in the data base and counts.
    private static IEnumerable<string> Named(OxfordQuery query) => [query.Image, .. query.Good, .. query.Ok, .. query.Junk];

    private IEnumerable<int> Rows(string[] names) => names.Select(name => _rows[name]);

    private void AddAll(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_rows.TryAdd(name, _names.Count))
            {
                _names.Add(name);
            }
        }
    }

    private void Warn(string[] inFolder, int missing)
    {
        if (IsOpen)
        {
            _warnings.Add(
                $"The files of {_kind} list no negatives and '{_path}' has no images (*.jpg): every feature row that is no listed image counts as a negative. Give features of the whole data set.");
        }
        else if (missing > 0)
        {
            _warnings.Add($"{missing:N0} listed images are not among the {inFolder.Length:N0} images of '{_path}': they count nevertheless.");
        }

        int corrupted = inFolder.Count(name => s_corrupted.Contains(name) && !_rows.ContainsKey(name));
        if (corrupted > 0)
        {
            _warnings.Add($"{corrupted:N0} images that the authors of Paris-6k name as corrupted were left out, as is usual.");
        }
    }
}
