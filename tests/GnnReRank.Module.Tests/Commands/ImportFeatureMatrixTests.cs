namespace GnnReRank.Tests.Module;

public sealed class ImportFeatureMatrixTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AWildcardTakesFilesInTheOrderOfTheirNames()
    {
        WriteRows("b.npy", 2);
        WriteRows("a.npy", 1);
        WriteRows("c.npy", 3);
        ScriptResult result = _session.RunClean("Import-FeatureMatrix *.npy | ForEach-Object RowCount");
        Assert.Equal([1, 2, 3], result.Output.Select(value => (int)value.BaseObject));
    }

    [Fact]
    public void AWildcardLeavesFoldersOut()
    {
        WriteRows("a.npy", 1);
        Directory.CreateDirectory(_session["folder.npy"]);
        Assert.Single(_session.RunClean("Import-FeatureMatrix *.npy").Output);
    }

    [Fact]
    public void PathsComeThroughThePipelineAsTextAndAsFiles()
    {
        WriteRows("a.npy", 1);
        WriteRows("b[1].npy", 2);
        _session.Set("folder", _session[[]]);
        ScriptResult result = _session.RunClean("""
            'a.npy' | Import-FeatureMatrix | ForEach-Object RowCount
            [System.IO.DirectoryInfo]::new($folder).GetFiles('b*') | Import-FeatureMatrix | ForEach-Object RowCount
            [pscustomobject]@{ PSPath = "Microsoft.PowerShell.Core\FileSystem::$folder/b[1].npy" } | Import-FeatureMatrix | ForEach-Object RowCount
            """);
        Assert.Equal([1, 2, 2], result.Output.Select(value => (int)value.BaseObject));
    }

    [Fact]
    public void LiteralPathTakesBracketsAsTheyStandAndPathDoesNot()
    {
        WriteRows("a[1].npy", 2);
        Assert.Single(_session.RunClean("Import-FeatureMatrix -LiteralPath 'a[1].npy'").Output);
        Assert.Single(_session.RunClean("Import-FeatureMatrix 'a`[1`].npy'").Output);
        ScriptResult result = _session.Run("Import-FeatureMatrix 'a[1].npy'");
        Assert.Equal("NoFileMatches", result.ErrorId);
        Assert.Contains("-LiteralPath", result.Error.Exception.Message);
    }

    [Fact]
    public void OneBadFileOfManyIsAnErrorAndTheOthersAreRead()
    {
        WriteRows("a.npy", 1);
        File.WriteAllText(_session["b.npy"], "not an array");
        WriteRows("c.npy", 3);
        ScriptResult result = _session.Run("Import-FeatureMatrix a.npy, missing.npy, b.npy, c.npy");
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["FileNotFound", "WrongFormat"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal([_session["missing.npy"], _session["b.npy"]], result.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void AFolderWithoutFeaturesIsRefusedWithARemedy()
    {
        Directory.CreateDirectory(_session["folder"]);
        ScriptResult result = _session.Run("Import-FeatureMatrix folder");
        Assert.Equal("NoNpyFiles", result.ErrorId);
        Assert.Contains("wildcard", result.Error.Exception.Message);
    }

    [Fact]
    public void APathOutsideTheFileSystemIsRefused()
    {
        Assert.Equal("NotFileSystemPath", _session.Run("Import-FeatureMatrix Variable:PSVersionTable").ErrorId);
        Assert.Equal("NotFileSystemPath", _session.Run("Import-FeatureMatrix -LiteralPath Variable:PSVersionTable").ErrorId);
        Assert.Equal("DriveNotFound", _session.Run("Import-FeatureMatrix nowhere:/a.npy").ErrorId);
    }

    [Theory]
    [InlineData("-Set Query, Gallery", "Query 4, Gallery 6")]
    [InlineData("-Set 'query,gallery'", "Query 4, Gallery 6")]
    [InlineData("-Set Gallery, Query", "Gallery 6, Query 4")]
    [InlineData("-Set Gallery", "Gallery 6")]
    public void SetsOfOneFileBecomeMatricesInTheOrderAskedFor(string sets, string expected)
    {
        NumPyFile.WriteSets(_session["both.npz"], LabelledRows.Made(4, 3, 2, seed: 1), LabelledRows.Made(6, 3, 2, seed: 2));
        ScriptResult result = _session.RunClean($"(Import-FeatureMatrix both.npz {sets} | ForEach-Object {{ '{{0}} {{1}}' -f $_.Role, $_.RowCount }}) -join ', '");
        Assert.Equal(expected, result.Single<string>());
    }

    [Theory]
    [InlineData("-Set None", "InvalidSet")]
    [InlineData("-Set Query -Role Gallery", "SetAndRole")]
    public void SetsAndRolesThatContradictEachOtherEndTheCommand(string arguments, string errorId) =>
        Assert.Equal(errorId, _session.Run($"Import-FeatureMatrix a.npy {arguments}").ErrorId);

    [Fact]
    public void ARowThatCannotBeUsedIsNamedOrDroppedWithAWarning()
    {
        NumPyFile.WriteNpy(_session["bad.npy"], new float[,] { { 1, 2 }, { 3, float.NaN }, { 0, 0 }, { 4, 5 } });
        ScriptResult refused = _session.Run("Import-FeatureMatrix bad.npy");
        Assert.Equal("NonFiniteFeature", refused.ErrorId);
        Assert.Contains("row 1, column 1", refused.Error.Exception.Message);
        Assert.Contains("-SkipInvalid", refused.Error.Exception.Message);

        ScriptResult skipped = _session.RunClean("Import-FeatureMatrix bad.npy -SkipInvalid");
        Assert.Equal(2, skipped["RowCount"]);
        Assert.Contains("2 of 4 rows dropped", Assert.Single(skipped.Warnings));
    }

    [Fact]
    public void AMappedFileGivesTheResultsOfOneThatIsRead()
    {
        NumPyFile.WriteHalfNpy(_session["half.npy"], LabelledRows.Made(90, 7, 9, seed: 1).Values);
        ScriptResult result = _session.RunClean("""
            $mapped = Import-FeatureMatrix half.npy -MemoryMapped -Verbose
            $read = Import-FeatureMatrix half.npy -ElementType Float32
            "$($mapped.IsMemoryMapped) $($mapped.ElementType) $($read.IsMemoryMapped) $($read.ElementType)"
            $a = Invoke-GnnReRank $mapped $mapped
            $b = Invoke-GnnReRank $read $read
            @(0..89 | Where-Object { "$($a.GetIndices($_))" -ne "$($b.GetIndices($_))" -or "$($a.GetScores($_))" -ne "$($b.GetScores($_))" }).Count
            """);
        Assert.Equal("True Float16 False Float32", result.Output[0].BaseObject);
        Assert.Equal(0, result.Output[1].BaseObject);
        Assert.Contains(result.Verbose, line => line.StartsWith("Read features 90 x 7, memory-mapped, float16 from", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, line => line.StartsWith("Checking features: 90 rows, 1,260 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void AFileThatCannotBeMappedIsAnErrorAndTheOthersAreMapped()
    {
        WriteRows("a.npy", 2);
        File.WriteAllText(_session["b.csv"], "1,2,3\n");
        ScriptResult result = _session.Run("Import-FeatureMatrix a.npy, b.csv -MemoryMapped");
        Assert.Equal("MemoryMappedFormat", result.ErrorId);
        Assert.Equal(2, result["RowCount"]);
        Assert.Equal("MemoryMappedSkipInvalid", _session.Run("Import-FeatureMatrix a.npy -MemoryMapped -SkipInvalid").ErrorId);
    }

    [Fact]
    public void ElementTypeRoundsAndIsKeptInNumpyFiles()
    {
        NumPyFile.WriteNpy(_session["a.npy"], new float[,] { { 0.1f, 2049 } });
        ScriptResult result = _session.RunClean("""
            Import-FeatureMatrix a.npy -ElementType float16 | Export-FeatureMatrix half.npy
            $half = Import-FeatureMatrix half.npy
            "$($half.ElementType) $($half.GetRow(0))"
            """);
        Assert.Equal("Float16 0.09997559 2048", result.Single<string>());
    }

    [Fact]
    public void MatricesAreNeverUnrolled()
    {
        WriteRows("a.npy", 5);
        Assert.Equal(1, _session.RunClean("$count = 0; Import-FeatureMatrix a.npy | ForEach-Object { $count++ }; $count").Single<int>());
    }

    private void WriteRows(string name, int rowCount) =>
        NumPyFile.WriteNpy(_session[name], LabelledRows.Made(rowCount, 3, 2, seed: 1).Values);
}
