using System.Management.Automation;

namespace GnnReRank.Tests.Module;

public sealed class ExportFeatureMatrixTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ExportFeatureMatrixTests() => _session.RunClean("""
        $query = @{ E = 1, 2; Id = 7 }, @{ E = 3, 4; Id = 8 } | ConvertTo-FeatureMatrix E -Label Id -Role Query
        $gallery = @{ E = 5, 6; Id = 9 }, @{ E = 7, 8; Id = 8 }, @{ E = 9, 1; Id = 7 } | ConvertTo-FeatureMatrix E -Label Id -Role Gallery
        """);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void QueryAndGalleryOfAPipelineGoIntoOneNpzAndComeBack()
    {
        ScriptResult result = _session.RunClean("""
            $query, $gallery | Export-FeatureMatrix both.npz
            (Import-FeatureMatrix both.npz -Set Gallery, Query | ForEach-Object { "$($_.Role) $($_.GetRow(1)) labels $($_.Labels)" }) -join '; '
            """);
        Assert.Equal("Gallery 7 8 labels 9 8 7; Query 3 4 labels 7 8", result.Single<string>());
    }

    [Fact]
    public void AFormatThatHoldsOneMatrixRefusesTwo()
    {
        ScriptResult result = _session.Run("$query, $gallery | Export-FeatureMatrix both.npy");
        Assert.Equal("OneMatrixPerFile", result.ErrorId);
        Assert.Contains(".npz", result.Error.Exception.Message);
        Assert.False(File.Exists(_session["both.npy"]));
    }

    [Fact]
    public void AnNpyFileKeepsFeaturesAloneAndTheCommandSaysSo()
    {
        ScriptResult result = _session.RunClean("$query | Export-FeatureMatrix q.npy; (Import-FeatureMatrix q.npy).GetRow(1) -join ' '");
        Assert.Equal("3 4", result.Single<string>());
        Assert.Contains("labels", Assert.Single(result.Warnings));
    }

    [Fact]
    public void AnExistingFileIsReplacedOnlyWithForce()
    {
        File.WriteAllText(_session["q.npz"], "kept");
        ScriptResult refused = _session.Run("$query | Export-FeatureMatrix q.npz");
        Assert.Equal("FileExists", refused.ErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, refused.Error.CategoryInfo.Category);
        Assert.Contains("-Force", refused.Error.Exception.Message);
        Assert.Equal("kept", File.ReadAllText(_session["q.npz"]));

        Assert.Empty(_session.RunClean("$query | Export-FeatureMatrix q.npz -Force").Output);
        Assert.Equal(2, _session.RunClean("Import-FeatureMatrix q.npz -Set Query")["RowCount"]);
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        Assert.Empty(_session.RunClean("$query | Export-FeatureMatrix q.npz -WhatIf -PassThru").Output);
        Assert.Empty(Directory.GetFiles(_session[[]]));
    }

    [Fact]
    public void PassThruGivesTheFileAndBracketsInItsNameMeanThemselves()
    {
        FileInfo file = _session.RunClean("$query | Export-FeatureMatrix 'q[1].npz' -PassThru").Single<FileInfo>();
        Assert.Equal(_session["q[1].npz"], file.FullName);
        Assert.True(file.Exists);
    }

    [Theory]
    [InlineData("missing/q.npz", "FolderNotFound")]
    [InlineData("q.mat", "FormatNotWritable")]
    [InlineData("q.unknown", "UnknownFormat")]
    [InlineData("Variable:q.npz", "NotFileSystemPath")]
    public void APathThatCannotBeWrittenIsRefused(string path, string errorId) =>
        Assert.Equal(errorId, _session.Run($"$query | Export-FeatureMatrix {path}").ErrorId);
}
