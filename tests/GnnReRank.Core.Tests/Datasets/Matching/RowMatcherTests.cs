using GnnReRank.Datasets.Matching;

namespace GnnReRank.Tests.Datasets.Matching;

/// <summary>Names matched by an index, held against the rule itself: every image against every row.</summary>
public sealed class RowMatcherTests
{
    private static readonly string[] s_folders = ["a", "b", "ab"];
    private static readonly string[] s_files = ["x.jpg", "x.png", "x", "y.jpg", "z.JPG"];

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 12, 4)]
    [InlineData(4, 30, 5)]
    public void GivesWhatTheRuleGives(int seed, int rows, int images)
    {
        Random random = new(seed);
        int matched = 0;
        int refused = 0;
        for (int draw = 0; draw < 5000; draw++)
        {
            string[] names = [.. Enumerable.Range(0, rows).Select(_ => Name(random))];
            DatasetImage[][] sets = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, images).Select(_ => new DatasetImage(Name(random))).ToArray())];
            string expected = Answer(() => ByTheRule(names, sets));
            Assert.Equal(expected, Answer(() => new RowMatcher(names, CancellationToken.None).Match(sets)));
            _ = expected.StartsWith('A') ? refused++ : matched++;
        }

        Assert.True(matched > 10 && refused > 10, $"{matched} matched and {refused} refused");
    }

    // 400 million comparisons of an image with a row would be made if each were held against all of its file name.
    [Fact]
    public void ManyFoldersWithTheSameFileNamesAreNotComparedWithEachOther()
    {
        const int folders = 20_000;
        DatasetImage[] images = [.. Enumerable.Range(0, folders).Select(folder => new DatasetImage($"test/gallery/{folder}/image-01.jpeg"))];
        string[] names = [.. Enumerable.Range(0, folders).Select(folder => $"./features/{folder}/image-01.png")];
        int[] rows = new RowMatcher(names, CancellationToken.None).Match(images)[0];
        Assert.Equal(Enumerable.Range(0, folders), rows);
    }

    private static string Name(Random random)
    {
        IEnumerable<string> folders = Enumerable.Range(0, random.Next(4)).Select(_ => s_folders[random.Next(s_folders.Length)]);
        return string.Join('/', folders.Append(s_files[random.Next(s_files.Length)]));
    }

    private static string Answer(Func<int[][]> match)
    {
        try
        {
            return string.Join(" ", match().SelectMany(rows => rows));
        }
        catch (GnnReRankException error)
        {
            return error.ErrorId;
        }
    }

    private static int[][] ByTheRule(string[] names, DatasetImage[][] sets)
    {
        int[][] rows = [.. sets.Select(set => Enumerable.Repeat(-1, set.Length).ToArray())];
        HashSet<int> taken = [];
        foreach (bool mustAgree in new[] { true, false })
        {
            for (int set = 0; set < sets.Length; set++)
            {
                Dictionary<int, int> imageOfRow = [];
                for (int image = 0; image < sets[set].Length; image++)
                {
                    (int Row, int[]? Fit)[] fits = Enumerable.Range(0, names.Length).Where(row => rows[set][image] < 0 && !taken.Contains(row))
                        .Select(row => (Row: row, Fit: Fit(sets[set][image].Name, names[row]))).Where(pair => pair.Fit is not null && (pair.Fit[0] == 0 || !mustAgree))
                        .OrderBy(pair => pair.Fit, Comparer<int[]?>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))).ToArray();
                    if (fits.Length == 0)
                    {
                        continue;
                    }

                    if (fits.Length > 1 && fits[0].Fit!.SequenceEqual(fits[1].Fit!))
                    {
                        throw new GnnReRankException("AmbiguousImageName", ErrorKind.InvalidData, string.Empty);
                    }

                    rows[set][image] = imageOfRow.TryAdd(fits[0].Row, image)
                        ? fits[0].Row
                        : throw new GnnReRankException("AmbiguousFeatureName", ErrorKind.InvalidData, string.Empty);
                }
            }

            taken.UnionWith(rows.SelectMany(found => found));
        }

        return rows;
    }

    /// <summary>How badly a row fits an image, the worse the greater, first things first; null where not even the file names agree.</summary>
    private static int[]? Fit(string image, string row)
    {
        string[] left = image.Split('/');
        string[] right = row.Split('/');
        if (Path.GetFileNameWithoutExtension(left[^1]) != Path.GetFileNameWithoutExtension(right[^1]))
        {
            return null;
        }

        int most = Math.Min(left.Length, right.Length) - 1;
        int shared = left[..^1].Reverse().Zip(right[..^1].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return [shared == most ? 0 : 1, left[^1] == right[^1] ? 0 : 1, -shared, left.Length == right.Length ? 0 : 1];
    }
}
