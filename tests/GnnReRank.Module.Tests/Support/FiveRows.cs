namespace GnnReRank.Tests.Module;

/// <summary>A query matrix of five rows of which everything is known, as $m and in files of several formats.</summary>
internal static class FiveRows
{
    /// <summary>The last column is the row's number plus 5, so that a row can be told by its values.</summary>
    public const string Table = """
        name,label,camera,f0,f1,f2,f3
        a/1.jpg,1,1,1,0,0,5
        a/2.jpg,2,1,0,1,0,6
        b/3.png,-1,2,0,0,1,7
        b/4.jpg,1,2,1,1,0,8
        c[1].jpg,0,3,0,1,1,9

        """;

    /// <summary>Sets $m, writes five.csv, five.csv.gz, five.npz and five.parquet, and defines Shown, which gives the numbers of a matrix's rows.</summary>
    public static void Write(ModuleSession session)
    {
        File.WriteAllText(session["five.csv"], Table.ReplaceLineEndings("\n"));
        session.RunClean("""
            $m = [GnnReRank.FeatureMatrix]::FromRows(
                [float[][]] ((1, 0, 0, 5), (0, 1, 0, 6), (0, 0, 1, 7), (1, 1, 0, 8), (0, 1, 1, 9)),
                [long[]] (1, 2, -1, 1, 0), [int[]] (1, 1, 2, 2, 3),
                [string[]] ('a/1.jpg', 'a/2.jpg', 'b/3.png', 'b/4.jpg', 'c[1].jpg'), 'Query')
            'csv.gz', 'npz', 'parquet' | ForEach-Object { $m | Export-FeatureMatrix "five.$_" }
            function Shown($matrix) { "$(0..($matrix.RowCount - 1) | ForEach-Object { $matrix.GetRow($_)[-1] - 5 })" }
            """);
    }
}
