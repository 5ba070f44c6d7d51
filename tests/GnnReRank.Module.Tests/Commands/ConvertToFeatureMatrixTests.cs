namespace GnnReRank.Tests.Module;

public sealed class ConvertToFeatureMatrixTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ObjectsGiveRowsWithLabelsCamerasAndNames()
    {
        ScriptResult result = _session.RunClean("""
            $made = 1..3 | ForEach-Object { [pscustomobject]@{ File = "$_.jpg"; Id = [long]$_ * 10; Cam = "$_"; Embedding = 1.5, $_ } } |
                ConvertTo-FeatureMatrix -Property Embedding -Label Id -Camera Cam -Name File -Role Gallery
            '{0}|{1} x {2}|{3}|{4}|{5}|{6}' -f $made.Role, $made.RowCount, $made.Dimension, ($made.Labels -join ' '),
                ($made.Cameras -join ' '), ($made.Names -join ' '), ($made.GetRow(2) -join ' ')
            """);
        Assert.Equal("Gallery|3 x 2|10 20 30|1 2 3|1.jpg 2.jpg 3.jpg|1.5 3", result.Single<string>());
    }

    [Theory]
    [InlineData("(1, 2), (3, 4) | ConvertTo-FeatureMatrix")]
    [InlineData("[float[]](1, 2), [float[]](3, 4) | ConvertTo-FeatureMatrix")]
    [InlineData("[double[]](1, 2), [double[]](3, 4) | ConvertTo-FeatureMatrix")]
    [InlineData("[System.Collections.Generic.List[int]](1, 2), [System.Collections.ArrayList](3, '4') | ConvertTo-FeatureMatrix")]
    [InlineData("ConvertTo-FeatureMatrix -InputObject ((1, 2), (3, 4))")]
    [InlineData("[float[][]]$rows = (1, 2), (3, 4); ConvertTo-FeatureMatrix -InputObject $rows")]
    [InlineData("$table = [float[,]]::new(2, 2); $table[0,0] = 1; $table[0,1] = 2; $table[1,0] = 3; $table[1,1] = 4; , $table | ConvertTo-FeatureMatrix")]
    [InlineData("@{ E = 1, 2 }, @{ E = 3, 4 } | ConvertTo-FeatureMatrix E")]
    public void WhateverAScriptCallsRowsBecomesTheSameMatrix(string script)
    {
        ScriptResult result = _session.RunClean($"$made = & {{ {script} }}; \"$($made.RowCount) x $($made.Dimension): $($made.GetRow(0)) $($made.GetRow(1))\"");
        Assert.Equal("2 x 2: 1 2 3 4", result.Single<string>());
    }

    [Fact]
    public void ASingleRowNeedsAComma()
    {
        ScriptResult result = _session.RunClean("$row = 1, 2, 3; $made = , $row | ConvertTo-FeatureMatrix; $made.RowCount");
        Assert.Equal(1, result.Single<int>());
    }

    [Theory]
    [InlineData("1, 2, 3 | ConvertTo-FeatureMatrix", "NotARow", "Object 1 ", ",$row")]
    [InlineData("(1, 2), 'text' | ConvertTo-FeatureMatrix", "NotARow", "Object 2 ", "'text'")]
    [InlineData("(1, 2), (1, 'x') | ConvertTo-FeatureMatrix", "NotANumber", "Object 2 ", "position 1")]
    [InlineData("(1, 2), (1, $null) | ConvertTo-FeatureMatrix", "NotANumber", "Object 2 ", "empty")]
    [InlineData("(1, 2), (1, 2, 3) | ConvertTo-FeatureMatrix", "FeatureLengthMismatch", "Object 2 ", "3 values")]
    [InlineData("(1, 2), (1, [double]::NaN) | ConvertTo-FeatureMatrix", "NonFiniteFeature", "Object 2 ", "-SkipInvalid")]
    [InlineData("(1, 2), (1, 1e300) | ConvertTo-FeatureMatrix", "NonFiniteFeature", "Object 2 ", "position 1")]
    [InlineData("(1, 2), (0, 0) | ConvertTo-FeatureMatrix", "ZeroFeatureRow", "Object 2 ", "-SkipInvalid")]
    [InlineData("[pscustomobject]@{ E = 1, 2; Id = 1 } | ConvertTo-FeatureMatrix Embedding", "PropertyNotFound", "Object 1 ", "E, Id")]
    [InlineData("[pscustomobject]@{ E = 1, 2; Id = 'a' } | ConvertTo-FeatureMatrix E -Label Id", "NotAWholeNumber", "Object 1 ", "'a'")]
    [InlineData("[pscustomobject]@{ E = 1, 2; Id = 1.5 } | ConvertTo-FeatureMatrix E -Label Id", "NotAWholeNumber", "Object 1 ", "1.5")]
    [InlineData("[pscustomobject]@{ E = 1, 2; Cam = 3e9 } | ConvertTo-FeatureMatrix E -Camera Cam", "NotAWholeNumber", "Object 1 ", "2147483647")]
    [InlineData("@() | ConvertTo-FeatureMatrix", "EmptyFeatureMatrix", "No usable row", "at least one")]
    [InlineData("(0, 0), (0, 0) | ConvertTo-FeatureMatrix -SkipInvalid", "EmptyFeatureMatrix", "2 skipped", "at least one")]
    public void WhatCannotBeARowIsNamedWithItsNumber(string script, string errorId, string who, string hint)
    {
        ScriptResult result = _session.Run(script);
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(who, result.Error.Exception.Message);
        Assert.Contains(hint, result.Error.Exception.Message);
    }

    [Fact]
    public void InvalidRowsAreLeftOutWithAWarningAndSoAreTheirLabels()
    {
        ScriptResult result = _session.RunClean("""
            $made = (1, 7), ([float]::NaN, 8), (0, 9), (2, 10) | ForEach-Object -Process { @{ E = $_[0], 0; Id = $_[1] } } |
                ConvertTo-FeatureMatrix E -Label Id -SkipInvalid
            "$($made.Labels)"
            """);
        Assert.Equal("7 10", result.Single<string>());
        Assert.Contains("2 of 4 objects", Assert.Single(result.Warnings));
        Assert.Contains("2, 3", result.Warnings[0]);
    }
}
