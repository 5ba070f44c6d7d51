namespace GnnReRank.Tests.Data.Selection;

/// <summary>Which rows a selection takes, worked by hand on seven rows.</summary>
public sealed class RowSelectionTests
{
    private static readonly long[] s_labels = [5, -1, 7, 5, 0, 7, 5];
    private static readonly int[] s_cameras = [1, 1, 2, 2, 3, 1, 2];
    private static readonly string[] s_names = ["a1.jpg", "a2.jpg", "b1.png", "B2.jpg", "c[1].jpg", "c1.jpg", @"dir\d1.jpg"];

    public static TheoryData<RowSelection, int[]> ByHand => new()
    {
        { new RowSelection(), [0, 1, 2, 3, 4, 5, 6] },
        { new RowSelection { Indices = [6, 2, 2] }, [2, 6] },
        { new RowSelection { Labels = [5] }, [0, 3, 6] },
        { new RowSelection { Labels = [5, -1] }, [0, 1, 3, 6] },
        { new RowSelection { Cameras = [1] }, [0, 1, 5] },
        { new RowSelection { Labels = [5, 7], Cameras = [2] }, [2, 3, 6] },
        { new RowSelection { Labels = [5, 7], Cameras = [2], Indices = [1, 3, 5] }, [3] },
        { new RowSelection { Labels = [-1, 0], Exclude = true }, [0, 2, 3, 5, 6] },
        { new RowSelection { Labels = [5], Cameras = [1], Exclude = true }, [1, 2, 3, 4, 5, 6] },
        { new RowSelection { Labels = [5], First = 2 }, [0, 3] },
        { new RowSelection { First = 100 }, [0, 1, 2, 3, 4, 5, 6] },
        { new RowSelection { Random = 100 }, [0, 1, 2, 3, 4, 5, 6] },
        { new RowSelection { Names = ["b2.JPG"] }, [3] },
        { new RowSelection { Names = ["*.png", "a?.jpg"] }, [0, 1, 2] },
        { new RowSelection { Names = ["[a-b]1*"] }, [0, 2] },
        { new RowSelection { Names = ["c[1].jpg"] }, [4, 5] },
        { new RowSelection { Names = ["c`[1].jpg"] }, [4] },
        { new RowSelection { Names = [@"dir\*"] }, [6] },
        { new RowSelection { Names = ["?1.jpg"] }, [0, 5] },
        { new RowSelection { Names = ["1.jpg", "[b2.jpg", "b2.jpg"] }, [3] },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void TakesTheRowsWorkedByHand(RowSelection selection, int[] rows) => Assert.Equal(rows, Rows(selection));

    [Fact]
    public void KeysAreThoseOfSplitMix64()
    {
        // Outputs published for the generator: started with 0 (Vigna's splitmix64.c) and with 1234567 (Rosetta Code).
        Assert.Equal([0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL], new[] { RandomRows.Key(0, 0), RandomRows.Key(1, 0) });
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL],
            new[] { RandomRows.Key(0, 1234567), RandomRows.Key(1, 1234567), RandomRows.Key(2, 1234567) });
    }

    // Drawn by ten lines of Python that know only the definition of the keys.
    [Theory]
    [InlineData(20, 5, 0, new[] { 2, 4, 6, 8, 18 })]
    [InlineData(20, 5, 7, new[] { 1, 5, 8, 10, 17 })]
    [InlineData(20, 5, -3, new[] { 4, 5, 12, 15, 17 })]
    [InlineData(1000, 4, 42, new[] { 171, 215, 808, 920 })]
    public void ASeedDrawsTheSameRowsEverywhere(int rowCount, int count, int seed, int[] rows) => Assert.Equal(
        rows, RowSelector.Rows(new RowSelection { Random = count, Seed = seed }, null, null, null, rowCount, "'x'", TestContext.Current.CancellationToken));

    [Fact]
    public void EveryRowIsDrawnEquallyOften()
    {
        // 400 seeds draw 5 of 20: a row is drawn 100 times on average, with a standard deviation of sqrt(400 * 1/4 * 3/4) = 8.7.
        int[] drawn = new int[20];
        for (int seed = 0; seed < 400; seed++)
        {
            foreach (int row in RandomRows.Draw(Enumerable.Range(0, 20), 5, seed))
            {
                drawn[row]++;
            }
        }

        Assert.Equal(2000, drawn.Sum());
        Assert.All(drawn, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public void ASmallerSampleIsPartOfALargerOne()
    {
        int[] large = RandomRows.Draw(Enumerable.Range(0, 500), 50, 3);
        Assert.Equal(50, large.Distinct().Count());
        Assert.Equal(20, large.Intersect(RandomRows.Draw(Enumerable.Range(0, 500), 20, 3)).Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    public void RefusesAnIndexOutOfRange(int index) =>
        AssertError(new RowSelection { Indices = [0, index] }, "RowIndexOutOfRange", index.ToString(), "0 to 6");

    [Fact]
    public void SaysWhichFilterLeftNothing() => AssertError(
        new RowSelection { Indices = [0, 1, 2], Labels = [5], Cameras = [3] }, "NoRowSelected", "left of 7", "-Index left 3, -Label left 1, -Camera left 0");

    [Fact]
    public void SaysThatExcludeLeftNothing() => AssertError(
        new RowSelection { Cameras = [1, 2, 3], Exclude = true }, "NoRowSelected", "-Camera left 7", "-Exclude");

    [Theory]
    [InlineData("[z-a]", "InvalidNamePattern")]
    public void RefusesAPatternWithoutMeaning(string pattern, string id) => AssertError(new RowSelection { Names = [pattern] }, id, pattern);

    [Fact]
    public void RefusesWhatContradictsItself()
    {
        AssertError(new RowSelection { First = 1, Random = 1 }, "FirstAndRandom", "-First and -Random");
        AssertError(new RowSelection { First = 0 }, "InvalidRowCount", "-First is 0");
        AssertError(new RowSelection { Random = -2 }, "InvalidRowCount", "-Random is -2");
        AssertError(new RowSelection { Exclude = true, First = 3 }, "ExcludeWithoutFilter", "-Label");
    }

    [Fact]
    public void RefusesAFilterForWhatIsNotKnown()
    {
        (RowSelection Selection, string Column)[] cases =
        [
            (new RowSelection { Labels = [1] }, "-LabelColumn"),
            (new RowSelection { Cameras = [1] }, "-CameraColumn"),
            (new RowSelection { Names = ["x"] }, "-NameColumn"),
        ];
        foreach ((RowSelection selection, string column) in cases)
        {
            GnnReRankException error = Assert.Throws<GnnReRankException>(() => RowSelector.Rows(selection, null, null, null, 7, "'x.npy'", TestContext.Current.CancellationToken));
            Assert.Equal("SelectionNeedsMetadata", error.ErrorId);
            Assert.Contains(column, error.Message);
            Assert.Contains("'x.npy'", error.Message);
        }
    }

    private static int[] Rows(RowSelection selection) => RowSelector.Rows(selection, s_labels, s_cameras, s_names, 7, "'x.npz'");

    private static void AssertError(RowSelection selection, string id, params string[] parts)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Rows(selection));
        Assert.Equal(id, error.ErrorId);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
