namespace GnnReRank.Datasets.Matching;

/// <summary>Finds the feature row of each image by name.</summary>
/// <remarks>
/// Names agree where one ends in the other, folder by folder ('/data/query/a.jpg', 'query/a.jpg', 'a.jpg', 'a'). Only rows that agree
/// with no image that way are then matched by the file name alone, since folders that differ often mean another image. The file with its
/// ending goes before the file without.
/// </remarks>
internal sealed class RowMatcher
{
    private readonly ImageName[] _names;
    private readonly CancellationToken _cancellation;

    public RowMatcher(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _names = [.. names.Select(Taken)];
    }

    private delegate (int? Best, int? Equal) Search(NameIndex index, ImageName image);

    /// <summary>The row of each image of each set; -1 where there is none. Sets may share rows, images of one set may not.</summary>
    /// <exception cref="GnnReRankException">Two rows fit one image equally well, or one row fits two images of a set.</exception>
    public int[][] Match(params IReadOnlyList<DatasetImage>[] sets)
    {
        int[][] rows = [.. sets.Select(set => Enumerable.Repeat(-1, set.Count).ToArray())];
        MatchAll(sets, rows, Enumerable.Range(0, _names.Length), (index, image) => index.Agreeing(image));
        HashSet<int> taken = [.. rows.SelectMany(found => found)];
        if (taken.Contains(-1))
        {
            MatchAll(sets, rows, Enumerable.Range(0, _names.Length).Where(row => !taken.Contains(row)), (index, image) => index.Nearest(image));
        }

        return rows;
    }

    private void MatchAll(IReadOnlyList<DatasetImage>[] sets, int[][] rows, IEnumerable<int> among, Search search)
    {
        int[] candidates = [.. among];
        NameIndex files = new(_names, candidates, name => name.File, _cancellation);
        NameIndex stems = new(_names, candidates, name => name.Stem, _cancellation);
        for (int set = 0; set < sets.Length; set++)
        {
            MatchSet(sets[set], rows[set], image => search(files, image) is (int, _) found ? found : search(stems, image));
        }
    }

    private void MatchSet(IReadOnlyList<DatasetImage> images, int[] rows, Func<ImageName, (int? Best, int? Equal)> search)
    {
        Dictionary<int, int> imageOfRow = [];
        for (int image = 0; image < images.Count; image++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (rows[image] >= 0)
            {
                continue;
            }

            (int? best, int? equal) = search(new ImageName(images[image].Name));
            if (equal is int other)
            {
                int first = Math.Min(best!.Value, other);
                int second = Math.Max(best.Value, other);
                throw JoinErrors.ImageOfTwoRows(images[image].Name, first, _names[first].Text, second, _names[second].Text);
            }

            if (best is int row)
            {
                rows[image] = imageOfRow.TryAdd(row, image)
                    ? row
                    : throw JoinErrors.RowOfTwoImages(row, _names[row].Text, images[imageOfRow[row]].Name, images[image].Name);
            }
        }
    }

    private ImageName Taken(string name)
    {
        _cancellation.ThrowIfCancellationRequested();
        return new ImageName(name);
    }
}
