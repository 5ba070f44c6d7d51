namespace GnnReRank.Datasets.Landmarks;

/// <summary>One query of a gnd file: 0-based rows of the image list.</summary>
/// <param name="Easy">Positives of the revisited benchmarks' Easy setup; the only positives ("ok") of the older ones.</param>
/// <param name="Hard">Positives of the Hard setup.</param>
/// <param name="Junk">Rows that are neither.</param>
/// <param name="Region">The query's box: x1, y1, x2, y2; null where the file has none.</param>
internal sealed record GndQuery(int[] Easy, int[] Hard, int[] Junk, double[]? Region);
