using GnnReRank.Datasets.Model;
using GnnReRank.Formats.Delimited;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>The index images of Google Landmarks v2. Only those that a query lists are looked up by name: the index has 762 thousand.</summary>
internal sealed class GldGallery
{
    private const int CheckEvery = 4096;
    private const int NotSeen = -1;

    private readonly GldQuery[] _queries;
    private readonly List<DatasetImage> _images = [];
    private readonly Dictionary<string, int> _listed = new(StringComparer.Ordinal);

    public GldGallery(GldQuery[] queries)
    {
        _queries = queries;
        foreach (string image in queries.SelectMany(query => query.Images))
        {
            _listed[image] = NotSeen;
        }
    }

    /// <summary>Reads the index: its first column.</summary>
    /// <returns>The number of its images.</returns>
    /// <exception cref="GnnReRankException">The file is not an index.</exception>
    public int AddIndex(string path, DelimitedRecords records, CancellationToken cancellation)
    {
        if (!records.Read() || !records.Field(0).Trim().Equals("id", StringComparison.OrdinalIgnoreCase))
        {
            throw LandmarkErrors.Malformed(path, "the first line must start with id. Give index.csv or index_image_to_landmark.csv as published.");
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> listed = _listed.GetAlternateLookup<ReadOnlySpan<char>>();
        while (records.Read())
        {
            if (_images.Count % CheckEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<char> id = records.Field(0).Trim();
            if (listed.TryGetValue(id, out int row))
            {
                listed[id] = row == NotSeen
                    ? _images.Count
                    : throw LandmarkErrors.Malformed(path, $"line {records.Line} names the image '{id}' again. Fetch the file again.");
            }

            _images.Add(new DatasetImage(id.ToString()));
        }

        return _images.Count;
    }

    /// <summary>The truth.</summary>
    /// <param name="index">The index file that was read; null where there is none.</param>
    public DatasetTruth Truth(string? index)
    {
        int found = _images.Count;
        foreach (string image in _listed.Where(entry => entry.Value == NotSeen).Select(entry => entry.Key).Order(StringComparer.Ordinal).ToArray())
        {
            _listed[image] = _images.Count;
            _images.Add(new DatasetImage(image));
        }

        RowLists lists = new();
        QueryTruth[] truth = Array.ConvertAll(_queries, query => lists.Make(query.Id, query.Images.Select(image => _listed[image]), [], [], region: null));
        return new DatasetTruth(
            Array.ConvertAll(_queries, query => new DatasetImage(query.Id)),
            _images,
            new GroundTruth(truth, _images.Count, _queries.Select(query => query.Id), _images.Select(image => image.Name)))
        {
            GalleryIsOpen = index is null,
            HasOrder = index is not null,
            Warnings = [.. Warnings(index, _images.Count - found), .. lists.Warnings],
        };
    }

    private IEnumerable<string> Warnings(string? index, int notInIndex)
    {
        if (index is null)
        {
            yield return "There is no index.csv beside the solution: every feature row that no query lists counts as a negative. Give features of the whole index.";
        }
        else if (notInIndex > 0)
        {
            yield return $"{notInIndex:N0} images that queries list are not in '{index}': they count nevertheless.";
        }

        int without = _queries.Count(query => query.Images.Length == 0);
        if (without > 0)
        {
            yield return $"{without:N0} queries list no image: no ranking can answer them.";
        }
    }
}
