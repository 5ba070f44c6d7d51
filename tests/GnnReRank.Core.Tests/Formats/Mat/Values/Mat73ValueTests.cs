using GnnReRank.Formats.Mat.Values;

namespace GnnReRank.Tests.Formats.Mat.Values;

/// <summary>What version 7.3 alone can hold, and what of it is refused; make_mat73_fixtures.py says what is in the files.</summary>
public sealed class Mat73ValueTests
{
    [Theory]
    [InlineData("dangling", "CorruptFile", "dangling{2} refers to byte 515 of the file, where no array lies")]
    [InlineData("outside", "CorruptFile", "outside{2} refers to byte 1,099,511,628,288 of the file")]
    [InlineData("unset", "CorruptFile", "unset{2} refers to nothing")]
    [InlineData("words", "UnsupportedContent", "MATLAB's class string")]
    [InlineData("handle", "UnsupportedContent", "MATLAB's class function_handle")]
    [InlineData("complex", "UnsupportedContent", "real(x)")]
    [InlineData("cube_of_text", "UnsupportedContent", "text of 3 dimensions")]
    [InlineData("narrow_text", "UnsupportedContent", "1 bytes a character")]
    [InlineData("cell_of_numbers", "CorruptFile", "cell_of_numbers{1} is no reference")]
    [InlineData("sparse", "UnsupportedContent", "full(x)")]
    [InlineData("object", "UnsupportedContent", "MATLAB's class containers.Map")]
    [InlineData("full_struct", "CorruptFile", "full_struct is an array of structs without fields")]
    [InlineData("empty_of_three", "CorruptFile", "the extents 1 x 3")]
    [InlineData("empty_of_nothing", "CorruptFile", "does not say its extents")]
    [InlineData("uneven", "CorruptFile", "different numbers of structs, (1 x 2) and (1 x 3)")]
    [InlineData("mixed", "CorruptFile", "different numbers of structs")]
    [InlineData("loop", "UnsupportedContent", "more than 32 cells and structs deep")]
    [InlineData("without_end", "CorruptFile", "without end")]
    public void SaysWhatIsWrongWithAVariable(string name, string errorId, string expected)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => MatValues.Load(TestPaths.Data("mat", "broken73.mat"), [name], CancellationToken.None));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void WhatIsNotAskedForDoesNotMatter() =>
        Assert.Equal("good", MatValues.Load(TestPaths.Data("mat", "broken73.mat"), ["text"], CancellationToken.None)["text"]);

    [Fact]
    public void TakesWhatOtherProgramsWriteWithoutAClass()
    {
        IReadOnlyDictionary<string, object> values = MatValues.Load(TestPaths.Data("mat", "unclassed73.mat"), null, CancellationToken.None);
        Assert.Equal("one", values["text"]);
        Assert.Equal(["a", "bb"], Assert.IsType<MatCell>(values["texts"]).Values);
        Assert.Equal(["a", "bb"], Assert.IsType<MatCell>(values["fixed"]).Values);
        Assert.Equal([7], Assert.IsType<MatNumbers>(values["number"]).Values);
        Assert.Equal([0, 1, 2], Assert.IsType<MatNumbers>(values["list"]).Values);
        Assert.Equal([1, 0], Assert.IsType<MatNumbers>(values["flags"]).Values);
        Assert.Equal([2.5], Assert.IsType<MatNumbers>(Assert.Single(Assert.IsType<MatStruct>(values["group"]).Fields["inner"])).Values);
    }
}
