using System.IO.Hashing;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Npy;

/// <summary>Neighbour graphs as a pair of .npy files: indices and scores, as faiss users keep them.</summary>
/// <remarks>
/// A row need not start with its own vertex, as it does here: search results that leave it out, or list it later among equals, get
/// it first. Its score is the one listed, else 1, and where the row is full its last neighbour gives way.
/// </remarks>
internal static class NpyGraph
{
    private const string PartnerMark = "of indices with XXH128 ";

    /// <summary>Reads a graph.</summary>
    /// <param name="indexPath">vertices x k integers, 0-based; -1 pads a short list.</param>
    /// <param name="scorePath">As many floating-point numbers.</param>
    /// <param name="scoreKind">What the scores are.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is not usable, the two do not fit each other, or a list makes no sense.</exception>
    public static NeighborGraph Read(string indexPath, string scorePath, GraphScoreKind scoreKind, ComputeOptions options)
    {
        (int[] indices, int rows, int columns) = NpyFile.Read(indexPath, array => ReadIndices(array, options));
        float[] scores = NpyFile.Read(scorePath, array => ReadScores(array, indexPath, rows, columns, indices, options));
        return Ordered(indexPath, scorePath, scoreKind, indices, scores, rows, columns, options);
    }

    /// <summary>Reads a graph of two arrays, wherever they lie.</summary>
    /// <param name="indexArray">vertices x k integers.</param>
    /// <param name="scoreArray">As many numbers.</param>
    /// <param name="scoreKind">What the scores are.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <param name="toKind">Makes such scores of the numbers; null where they are scores.</param>
    /// <exception cref="GnnReRankException">The two do not fit each other, or a list makes no sense.</exception>
    public static NeighborGraph Read(
        NumericArray indexArray, NumericArray scoreArray, GraphScoreKind scoreKind, ComputeOptions options, Func<float, float>? toKind = null)
    {
        (int[] indices, int rows, int columns) = ReadIndices(indexArray, options);
        float[] scores = ReadScores(scoreArray, indexArray.Path, rows, columns, indices, options);
        scores = toKind is null ? scores : Array.ConvertAll(scores, score => toKind(score));
        return Ordered(indexArray.Path, scoreArray.Path, scoreKind, indices, scores, rows, columns, options);
    }

    /// <summary>Writes both files at exactly these paths, which are not yet the final ones.</summary>
    /// <param name="indexPath">Receives vertices x k int32.</param>
    /// <param name="scorePath">Receives vertices x k float32.</param>
    /// <param name="graph">What to write.</param>
    /// <param name="options">Cancellation.</param>
    public static void Write(string indexPath, string scorePath, NeighborGraph graph, ComputeOptions options)
    {
        using FileStream indices = File.Create(indexPath);
        NpyEncoder.WriteHeader(indices, "<i4", [graph.VertexCount, graph.NeighborCount]);
        XxHash128 hash = new();
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> list = MemoryMarshal.AsBytes(graph.GetNeighborSpan(vertex));
            indices.Write(list);
            hash.Append(list);
        }

        // Two files cannot be replaced at one moment, so the scores say whose they are.
        using FileStream scores = File.Create(scorePath);
        NpyEncoder.WriteHeader(scores, "<f4", [graph.VertexCount, graph.NeighborCount], PartnerMark + Convert.ToHexStringLower(hash.GetCurrentHash()));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            scores.Write(MemoryMarshal.AsBytes(graph.GetScoreSpan(vertex)));
        }
    }

    private static NeighborGraph Ordered(
        string indexPath, string scorePath, GraphScoreKind scoreKind, int[] indices, float[] scores, int rows, int columns, ComputeOptions options)
    {
        NpyGraphScores.Check(scorePath, scoreKind, indices, scores, columns, options.CancellationToken);
        NpyGraphRows graph = new(indexPath, indices, scores, rows, columns);
        for (int vertex = 0; vertex < rows; vertex++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            graph.Order(vertex, scoreKind);
        }

        return NeighborGraph.Adopt(indices, scores, rows, columns, query: null, gallery: null, indexPath);
    }

    private static (int[] Indices, int Rows, int Columns) ReadIndices(NumericArray array, ComputeOptions options)
    {
        if (array.Type.Kind == ElementKind.FloatingPoint)
        {
            throw FormatErrors.Unsupported(
                array.Path, $"{array.Text} holds {array.Type} numbers, and neighbour indices are integers. Are the index and the score file exchanged?");
        }

        if (array.Shape is not [long rows and > 0, long columns and > 0])
        {
            throw new GnnReRankException(
                "WrongArrayShape", ErrorKind.InvalidData, $"'{array.Path}': {array.Text} is no graph: vertices x neighbours are expected, at least one of each.");
        }

        if (ArrayShape.ElementCount(array.Shape) > Array.MaxLength)
        {
            throw new GnnReRankException(
                "GraphTooLarge", ErrorKind.TooLarge,
                $"'{array.Path}': {array.Text} has more neighbours than one graph holds ({Array.MaxLength:N0}). Keep fewer a vertex.");
        }

        int[] indices = ArrayReader.Read<int>(array, (int)rows, (int)columns, ElementConversion.ToIndices, options);
        return (indices, (int)rows, (int)columns);
    }

    private static float[] ReadScores(NumericArray array, string indexPath, int rows, int columns, int[] indices, ComputeOptions options)
    {
        if (array.Comment is string comment && comment.StartsWith(PartnerMark, StringComparison.Ordinal) &&
            comment[PartnerMark.Length..] != Convert.ToHexStringLower(XxHash128.Hash(MemoryMarshal.AsBytes(indices.AsSpan()))))
        {
            throw new GnnReRankException(
                "GraphPairTorn", ErrorKind.InvalidData,
                $"'{array.Path}' holds the scores of other indices than '{indexPath}' has: an export ended between the two files, or one of them was replaced. " +
                "Export the graph again, or give the scores that belong to these indices.");
        }

        if (array.Shape is not [long scoreRows, long scoreColumns] || scoreRows != rows || scoreColumns != columns)
        {
            throw new GnnReRankException(
                "GraphLengthMismatch", ErrorKind.InvalidArgument,
                $"'{array.Path}': {array.Text} does not fit '{indexPath}' ({rows} x {columns}): one score for each index is needed.");
        }

        return ArrayReader.Read<float>(array, rows, columns, ElementConversion.ToSingles, options);
    }
}
