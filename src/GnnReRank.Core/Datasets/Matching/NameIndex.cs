namespace GnnReRank.Datasets.Matching;

/// <summary>
/// Feature rows by one part of their names, and among those by their folders from the file upwards: rows whose last folders are the same
/// lie together, so that no image has to be held against all rows of its file name.
/// </summary>
internal sealed class NameIndex
{
    private readonly ImageName[] _names;
    private readonly Func<ImageName, string> _part;
    private readonly Dictionary<string, int[]> _rows = new(StringComparer.Ordinal);

    /// <param name="names">The names of all rows.</param>
    /// <param name="rows">The rows to look among.</param>
    /// <param name="part">The part of a name that must be the same.</param>
    /// <param name="cancellation">Stops the work.</param>
    public NameIndex(ImageName[] names, IEnumerable<int> rows, Func<ImageName, string> part, CancellationToken cancellation)
    {
        _names = names;
        _part = part;
        foreach (IGrouping<string, int> same in rows.GroupBy(row => part(names[row]), StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] ordered = [.. same];
            ordered.AsSpan().Sort(Compare);
            _rows.Add(same.Key, ordered);
        }
    }

    /// <summary>
    /// The best of the rows that agree with an image as far as both name folders: the one that shares most of them, and then the one that
    /// names as many. A second where it is as good; none where there is none.
    /// </summary>
    public (int? Best, int? Equal) Agreeing(ImageName image)
    {
        Span<int> rows = _rows.GetValueOrDefault(_part(image), []);
        (int? Best, int? Equal) best = (null, null);
        for (int depth = 0; rows.Length > 0; depth++)
        {
            // What names no further folder comes first, and whatever names more than the image agrees with it too.
            bool isWhole = depth == image.Depth;
            bool endsHere = _names[rows[0]].Depth == depth;
            if (endsHere || isWhole)
            {
                bool isTwice = rows.Length > 1 && (!endsHere || _names[rows[1]].Depth == depth);
                best = (rows[0], isTwice ? rows[1] : null);
            }

            rows = isWhole ? [] : Within(rows, depth, image.Folder(depth));
        }

        return best;
    }

    /// <summary>
    /// Of rows none of which agrees with an image, the best: the one that shares most folders, and then the one that names as many. A second
    /// where it is as good; none where there is none.
    /// </summary>
    public (int? Best, int? Equal) Nearest(ImageName image)
    {
        Span<int> rows = _rows.GetValueOrDefault(_part(image), []);
        if (rows.Length == 0)
        {
            return (null, null);
        }

        for (int depth = 0; depth < image.Depth && Within(rows, depth, image.Folder(depth)) is { Length: > 0 } deeper; depth++)
        {
            rows = deeper;
        }

        int? alike = null;
        foreach (int row in rows)
        {
            if (_names[row].Depth == image.Depth)
            {
                if (alike is not null)
                {
                    return (alike, row);
                }

                alike = row;
            }
        }

        return alike is not null ? (alike, null) : (rows[0], rows.Length > 1 ? rows[1] : null);
    }

    private Span<int> Within(Span<int> rows, int depth, string folder)
    {
        int start = FirstFrom(rows, depth, folder, least: 0);
        return rows[start..FirstFrom(rows, depth, folder, least: 1)];
    }

    /// <summary>The first of the rows whose folder compares with another as asked or more.</summary>
    private int FirstFrom(Span<int> rows, int depth, string folder, int least)
    {
        int low = 0;
        int high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            ImageName name = _names[rows[middle]];
            int order = name.Depth == depth ? -1 : Math.Sign(string.CompareOrdinal(name.Folder(depth), folder));
            (low, high) = order < least ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int Compare(int left, int right)
    {
        (ImageName first, ImageName second) = (_names[left], _names[right]);
        int order = 0;
        for (int depth = 0; order == 0 && depth < Math.Min(first.Depth, second.Depth); depth++)
        {
            order = string.CompareOrdinal(first.Folder(depth), second.Folder(depth));
        }

        order = order == 0 ? first.Depth.CompareTo(second.Depth) : order;
        return order == 0 ? left.CompareTo(right) : order;
    }
}
