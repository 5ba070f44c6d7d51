namespace GnnReRank.Tests.Formats.Graphs;

/// <summary>Some rows of a matrix, with their names.</summary>
internal static class MatrixRows
{
    public static FeatureMatrix Rows(this FeatureMatrix matrix, int first, int count) => FeatureMatrix.FromRows(
        [.. Enumerable.Range(first, count).Select(matrix.GetRow)], names: matrix.Names?.Skip(first).Take(count));
}
