namespace GnnReRank.Tests.Module.Commands;

public sealed class JoinFeatureMatrixTests : IDisposable
{
    private const string Show = "\"$($j.Role)|$($j.RowCount) x $($j.Dimension)|$(0..($j.RowCount - 1) | ForEach-Object { $j.GetRow($_) })|$($j.Labels)|$($j.Cameras)|$($j.Names)\"";

    private readonly ModuleSession _session = new();

    public JoinFeatureMatrixTests() => _session.RunClean("""
        function Made($rows, $labels, $cameras, $names, $role = 'None') {
            [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $labels, $cameras, $names, $role)
        }
        $a = Made ((3, 4), (0, 2)) ([long[]] (1, 2)) ([int[]] (1, 1)) ([string[]] ('x', 'y')) Gallery
        $b = Made ((5, 6), (7, 8), (9, 1)) ([long[]] (3, 4, 5)) ([int[]] (2, 2, 3)) ([string[]] ('u', 'v', 'w')) Gallery
        $bare = Made ((1, 1), (2, 2)) $null $null $null Query
        $swapped = Made ((0, 5), (6, 8)) ([long[]] (2, 1)) $null ([string[]] ('y', 'x')) Gallery
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$a, $b | Join-FeatureMatrix", "Gallery|5 x 2|3 4 0 2 5 6 7 8 9 1|1 2 3 4 5|1 1 2 2 3|x y u v w")]
    [InlineData("Join-FeatureMatrix $b, $a", "Gallery|5 x 2|5 6 7 8 9 1 3 4 0 2|3 4 5 1 2|2 2 3 1 1|u v w x y")]
    [InlineData("$a | Join-FeatureMatrix -Role Query", "Query|2 x 2|3 4 0 2|1 2|1 1|x y")]
    [InlineData("$bare, $bare | Join-FeatureMatrix", "Query|4 x 2|1 1 2 2 1 1 2 2|||")]
    [InlineData("$a, $b.WithRole('Query') | Join-FeatureMatrix", "None|5 x 2|3 4 0 2 5 6 7 8 9 1|1 2 3 4 5|1 1 2 2 3|x y u v w")]
    public void RowsAreJoinedInTheirOrder(string script, string expected) =>
        Assert.Equal(expected, _session.RunClean($"$j = {script}; {Show}").Single<string>());

    // Lengths: (3, 4) 5, (0, 2) 2; (1, 1) and (2, 2) sqrt(2) and 2 sqrt(2); (0, 5) 5, (6, 8) 10.
    [Theory]
    [InlineData("$a, $bare | Join-FeatureMatrix -Concatenate", "None|2 x 4|3 4 1 1 0 2 2 2|1 2|1 1|x y")]
    [InlineData("$bare, $a, $bare | Join-FeatureMatrix -Concatenate -Role Gallery", "Gallery|2 x 6|1 1 3 4 1 1 2 2 0 2 2 2|1 2|1 1|x y")]
    [InlineData("$a, $bare | Join-FeatureMatrix -Concatenate -Normalize", "None|2 x 4|0.6 0.8 0.7071068 0.7071068 0 1 0.7071068 0.7071068|1 2|1 1|x y")]
    [InlineData("$a, $swapped | Join-FeatureMatrix -Concatenate -MatchNames", "Gallery|2 x 4|3 4 6 8 0 2 0 5|1 2|1 1|x y")]
    [InlineData("$swapped, $a | Join-FeatureMatrix -Concatenate -MatchNames", "Gallery|2 x 4|0 5 0 2 6 8 3 4|2 1|1 1|y x")]
    [InlineData("$a, $swapped | Join-FeatureMatrix -Concatenate -MatchNames -Normalize", "Gallery|2 x 4|0.6 0.8 0.6 0.8 0 1 0 1|1 2|1 1|x y")]
    public void ColumnsAreJoinedRowByRow(string script, string expected) =>
        Assert.Equal(expected, _session.RunClean($"$j = {script}; {Show}").Single<string>());

    [Theory]
    [InlineData("$a, $bare | Join-FeatureMatrix", "PartlyKnownRows", "Matrix 2 has no labels, and Matrix 1 has")]
    [InlineData("$a, ((1, 2, 3) , (3, 2, 1) | ConvertTo-FeatureMatrix) | Join-FeatureMatrix", "MatricesDoNotFit", "has 3 columns, and Matrix 1 has 2")]
    [InlineData("$a, $b | Join-FeatureMatrix -Concatenate", "MatricesDoNotFit", "Matrix 2 has 3 rows, and Matrix 1 has 2")]
    [InlineData("$a | Join-FeatureMatrix -Concatenate", "TooFewMatrices", "at least 2")]
    [InlineData("$a, $swapped | Join-FeatureMatrix -Concatenate", "RowsDisagree", "-MatchNames")]
    [InlineData("$a, $bare | Join-FeatureMatrix -Concatenate -MatchNames", "NamesMissing", "Matrix 2 has no names")]
    [InlineData("$b, (Join-FeatureMatrix $a, ($a | Select-FeatureMatrix -First 1)) | Join-FeatureMatrix -Concatenate -MatchNames", "DuplicateName", "'x' in rows 0 and 2")]
    [InlineData("($b | Select-FeatureMatrix -First 2), $a | Join-FeatureMatrix -Concatenate -MatchNames", "NameNotFound", "no row named 'u'")]
    [InlineData("$a, $b | Join-FeatureMatrix -Normalize", "MissingMandatoryParameter", "Concatenate")]
    public void MatricesThatDoNotFitAreRefusedWithWhatDiffers(string script, string errorId, string hint)
    {
        ScriptResult result = _session.Run(script);
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(hint, result.Error.Exception.Message);
    }

    [Fact]
    public void TheResultIsRankedAsOneMatrix()
    {
        // The query (0, 1) sees (0, 2) at cosine 1, then (5, 6) at 6/sqrt(61) = 0.768, (7, 8) at 8/sqrt(113) = 0.753, (3, 4) at 0.8, (9, 1) at 0.110.
        ScriptResult result = _session.RunClean("""
            $query = , (0, 1) | ConvertTo-FeatureMatrix -Role Query
            $gallery = $a, $b | Join-FeatureMatrix
            "$(($query, $gallery | Search-FeatureMatrix).GetIndices(0))"
            """);
        Assert.Equal("1 0 2 3 4", result.Single<string>());
    }

    [Fact]
    public void HalfPrecisionStaysWhereAllPartsHaveIt()
    {
        NumPyFile.WriteHalfNpy(_session["half.npy"], new float[,] { { 1, 2 } });
        NumPyFile.WriteNpy(_session["single.npy"], new float[,] { { 3, 4 } });
        ScriptResult result = _session.RunClean("""
            "$((Import-FeatureMatrix half.npy, half.npy | Join-FeatureMatrix).ElementType)"
            "$((Import-FeatureMatrix half.npy, single.npy | Join-FeatureMatrix).ElementType)"
            """);
        Assert.Equal(["Float16", "Float32"], result.Output.Select(value => (string)value.BaseObject));
    }
}
