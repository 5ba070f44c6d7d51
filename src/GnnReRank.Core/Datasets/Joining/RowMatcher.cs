namespace GnnReRank.Datasets.Joining;

/// <summary>Finds the feature row of each image by name.</summary>
/// <remarks>
/// Names agree where one ends in the other, folder by folder ('/data/query/a.jpg', 'query/a.jpg', 'a.jpg', 'a'). Only rows that agree
/// with no image that way are then matched by the file name alone, since folders that differ often mean another image.
/// </remarks>
internal sealed class RowMatcher
{
    private const int CheckEvery = 4096;

    private readonly ImageName[] _names;
    private readonly Dictionary<string, List<int>> _rowsOfStem = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellation;

    public RowMatcher(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _names = [.. names.Select(name => new ImageName(name))];
        for (int row = 0; row < _names.Length; row++)
        {
            if (!_rowsOfStem.TryGetValue(_names[row].Stem, out List<int>? rows))
            {
                _rowsOfStem[_names[row].Stem] = rows = [];
            }

            rows.Add(row);
        }
    }

    /// <summary>The row of each image of each set; -1 where there is none. Sets may share rows, images of one set may not.</summary>
    /// <exception cref="GnnReRankException">Two rows fit one image equally well, or one row fits two images of a set.</exception>
    public int[][] Match(params IReadOnlyList<DatasetImage>[] sets)
    {
        int[][] rows = [.. sets.Select(set => Enumerable.Repeat(-1, set.Count).ToArray())];
        HashSet<int> taken = [];
        foreach (NameFitLevel worst in (NameFitLevel[])[NameFitLevel.PathWithoutEnding, NameFitLevel.Stem])
        {
            for (int set = 0; set < sets.Length; set++)
            {
                MatchSet(sets[set], rows[set], worst, taken);
            }

            taken.UnionWith(rows.SelectMany(found => found).Where(row => row >= 0));
        }

        return rows;
    }

    private void MatchSet(IReadOnlyList<DatasetImage> images, int[] rows, NameFitLevel worst, HashSet<int> taken)
    {
        Dictionary<int, int> imageOfRow = [];
        for (int image = 0; image < images.Count; image++)
        {
            if (image % CheckEvery == 0)
            {
                _cancellation.ThrowIfCancellationRequested();
            }

            if (rows[image] >= 0)
            {
                continue;
            }

            int row = BestRow(images[image].Name, worst, taken);
            if (row >= 0 && !imageOfRow.TryAdd(row, image))
            {
                throw JoinErrors.RowOfTwoImages(row, _names[row].Text, images[imageOfRow[row]].Name, images[image].Name);
            }

            rows[image] = row;
        }
    }

    private int BestRow(string imageName, NameFitLevel worst, HashSet<int> taken)
    {
        ImageName image = new(imageName);
        int best = -1;
        int equal = -1;
        NameFit bestFit = default;
        foreach (int row in _rowsOfStem.GetValueOrDefault(image.Stem, []))
        {
            NameFit fit = image.Fit(_names[row]);
            if (fit.Level > worst || taken.Contains(row))
            {
                continue;
            }

            int order = best < 0 ? -1 : fit.CompareTo(bestFit);
            equal = order == 0 ? row : order < 0 ? -1 : equal;
            (best, bestFit) = order < 0 ? (row, fit) : (best, bestFit);
        }

        return equal < 0 ? best : throw JoinErrors.ImageOfTwoRows(imageName, best, _names[best].Text, equal, _names[equal].Text);
    }
}
