using System.IO.Hashing;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Npy;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>Neighbour lists in two arrays, indices and scores, wherever they lie.</summary>
internal static class ArrayLists
{
    /// <summary>Reads the lists.</summary>
    /// <param name="indices">
    /// Rows x neighbours, integers; -1, or the largest number of a wide type, where there is none.
    /// </param>
    /// <param name="scores">As many numbers.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">An array is of no such kind, or the two do not fit each other.</exception>
    public static ForeignLists Read(NumericArray indices, NumericArray scores, ComputeOptions options)
    {
        (int[] read, int rows, int columns) = ReadIndices(indices, options);
        RequirePartner(scores, indices.Path, read);
        if (scores.Shape is not [long scoreRows, long scoreColumns] || scoreRows != rows || scoreColumns != columns)
        {
            throw new GnnReRankException(
                "GraphLengthMismatch", ErrorKind.InvalidArgument,
                $"'{scores.Path}': {scores.Text} does not fit '{indices.Path}' ({rows} x {columns}): one score " +
                "for each index is needed.");
        }

        float[] values = ArrayReader.Read<float>(scores, rows, columns, ElementConversion.ToSingles, options);
        return new ForeignLists(indices.Path, scores.Path, read, values, rows, columns);
    }

    /// <summary>Reads the lists alone.</summary>
    /// <param name="indices">Rows x neighbours, as above.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The array is of no such kind.</exception>
    public static (int[] Indices, int Rows, int Columns) ReadIndices(NumericArray indices, ComputeOptions options)
    {
        (int rows, int columns) = ShapeOf(indices);
        return (ArrayReader.Read<int>(indices, rows, columns, ElementConversion.ToNeighbors, options), rows, columns);
    }

    private static (int Rows, int Columns) ShapeOf(NumericArray array)
    {
        if (array.Type.Kind == ElementKind.FloatingPoint)
        {
            throw FormatErrors.Unsupported(
                array.Path, $"{array.Text} holds {array.Type} numbers, and neighbour indices are integers. Are " +
                    "the index and the score file exchanged?");
        }

        if (array.Shape is not [long rows and > 0, long columns and > 0])
        {
            throw new GnnReRankException(
                "WrongArrayShape", ErrorKind.InvalidData,
                $"'{array.Path}': {array.Text} is no graph: vertices x neighbours are expected, at least one of each.");
        }

        return ArrayShape.ElementCount(array.Shape) > Array.MaxLength
            ? throw GraphErrors.TooLarge(array.Path, array.Text)
            : ((int)rows, (int)columns);
    }

    private static void RequirePartner(NumericArray scores, string indexPath, int[] indices)
    {
        if (scores.Comment is string comment && comment.StartsWith(NpyGraph.PartnerMark, StringComparison.Ordinal) &&
            comment[NpyGraph.PartnerMark.Length..] !=
                Convert.ToHexStringLower(XxHash128.Hash(MemoryMarshal.AsBytes(indices.AsSpan()))))
        {
            throw new GnnReRankException(
                "GraphPairTorn", ErrorKind.InvalidData,
                $"'{scores.Path}' holds the scores of other indices than '{indexPath}' has: an export ended " +
                "between the two files, or one of them was replaced. Export the graph again, or give the scores " +
                "that belong to these indices.");
        }
    }
}
