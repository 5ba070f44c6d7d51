namespace GnnReRank.Tests.Formats.Selection;

/// <summary>What a selection takes, said in LINQ over a matrix that was read whole.</summary>
internal static class SelectionOracle
{
    /// <summary>Selections worth trying on a matrix; names are those of the fixtures, which hold a number.</summary>
    public static IEnumerable<FeatureReadOptions> Cases(FeatureMatrix whole)
    {
        int last = whole.RowCount - 1;
        RowSelection[] rows =
        [
            new() { First = 1 },
            new() { First = (whole.RowCount / 2) + 1 },
            new() { First = int.MaxValue },
            new() { Indices = [last, 0] },
            new() { Indices = [last / 2, last / 2, (last / 2) + 1] },
            new() { Indices = [.. Enumerable.Range(1, last - 1)], First = 2 },
            new() { Indices = [0], Exclude = true },
            new() { Random = 3, Seed = 5 },
            new() { Labels = [whole.Labels?[1] ?? 1] },
            new() { Labels = [whole.Labels?[0] ?? 1, whole.Labels?[last] ?? 1], Exclude = true, First = 2 },
            new() { Cameras = [whole.Cameras?[1] ?? 1], Random = 1, Seed = 9 },
            new() { Cameras = [whole.Cameras?[1] ?? 1], Labels = [whole.Labels?[1] ?? 1] },
            new() { Names = ["*[1-3]*"] },
            new() { Names = [whole.Names?[last] ?? "x"] },
            new() { Labels = [123456789] },
        ];
        int[] ends = [whole.Dimension - 1, 0, 0];
        int[] middle = [whole.Dimension / 2];
        return rows.SelectMany(selection => new[] { null, ends, middle }.Select(
            columns => new FeatureReadOptions { Rows = selection, Columns = columns })).Append(new FeatureReadOptions { Columns = ends });
    }

    /// <summary>The rows taken; null where the selection asks for what the matrix does not know.</summary>
    public static int[]? Rows(FeatureMatrix whole, RowSelection selection)
    {
        if ((selection.Labels is not null && !whole.HasLabels) || (selection.Cameras is not null && !whole.HasCameras)
            || (selection.Names is not null && !whole.HasNames))
        {
            return null;
        }

        IEnumerable<int> rows = Enumerable.Range(0, whole.RowCount).Where(row => Passes(whole, row, selection) != selection.Exclude);
        if (selection.Random is int count)
        {
            rows = rows.OrderBy(row => RandomRows.Key(row, selection.Seed)).Take(count).Order();
        }

        return [.. rows.Take(selection.First ?? int.MaxValue)];
    }

    /// <summary>Checks that a file read with a selection holds what it takes of the whole, bit for bit.</summary>
    public static void AssertTaken(FeatureMatrix whole, FeatureReadOptions options, Func<FeatureMatrix> read)
    {
        int[]? rows = Rows(whole, options.Rows ?? new RowSelection());
        if (rows is null || rows.Length == 0)
        {
            Assert.Equal(rows is null ? "SelectionNeedsMetadata" : "NoRowSelected", Assert.Throws<GnnReRankException>(() => read()).ErrorId);
            return;
        }

        int[] columns = options.Columns is null ? [.. Enumerable.Range(0, whole.Dimension)] : [.. options.Columns.Distinct().Order()];
        float[,] values = whole.ToArray();
        if (Array.Exists(rows, row => Array.TrueForAll(columns, column => values[row, column] == 0)))
        {
            Assert.Equal("ZeroFeatureRow", Assert.Throws<GnnReRankException>(() => read()).ErrorId);
            return;
        }

        FeatureMatrix taken = read();
        Assert.Equal((rows.Length, columns.Length), (taken.RowCount, taken.Dimension));
        Assert.Equal(
            rows.SelectMany(row => columns.Select(column => values[row, column])),
            taken.ToArray().Cast<float>());
        Assert.Equal(whole.Labels is null ? null : rows.Select(row => whole.Labels[row]), taken.Labels);
        Assert.Equal(whole.Cameras is null ? null : rows.Select(row => whole.Cameras[row]), taken.Cameras);
        Assert.Equal(whole.Names is null ? null : rows.Select(row => whole.Names[row]), taken.Names);
        Assert.Equal((whole.Role, whole.Source, whole.ElementType), (taken.Role, taken.Source, taken.ElementType));
    }

    private static bool Passes(FeatureMatrix whole, int row, RowSelection selection) =>
        (selection.Indices is null || selection.Indices.Contains(row))
        && (selection.Labels is null || selection.Labels.Contains(whole.Labels![row]))
        && (selection.Cameras is null || selection.Cameras.Contains(whole.Cameras![row]))
        && (selection.Names is null || selection.Names.Any(name => name == "*[1-3]*"
            ? whole.Names![row].IndexOfAny(['1', '2', '3']) >= 0
            : name.Equals(whole.Names![row], StringComparison.OrdinalIgnoreCase)));
}
