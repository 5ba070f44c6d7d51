using System.Globalization;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Files;
using GnnReRank.Running;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Parquet;

/// <summary>
/// Neighbour graphs in one Parquet file: one row a vertex, with the lists "neighbors" (int32) and "scores" (float) without their padding.
/// </summary>
internal static class ParquetGraph
{
    private const int Version = 1;
    private const string Neighbors = "neighbors";
    private const string Scores = "scores";

    /// <summary>Whether this module wrote the file.</summary>
    public static bool IsOwn(ParquetFile file) =>
        file.KeyValueMetadata.Keys.Any(key => key.StartsWith(ParquetMetadata.Graph, StringComparison.Ordinal));

    /// <summary>Reads and checks a graph of this module; the lists may be of different lengths.</summary>
    /// <exception cref="GnnReRankException">The file is not a usable graph.</exception>
    public static NeighborGraph Read(ParquetFile file, ComputeOptions options)
    {
        int version = ParquetMetadata.CountOf(file, ParquetMetadata.GraphVersion) ?? Version;
        if (version > Version)
        {
            throw FormatErrors.Unsupported(file.Path, $"the graph is of version {version}, and this module reads " +
                $"version {Version}. Update the module.");
        }

        ParquetColumn neighborColumn = ListColumn(file, Neighbors);
        ParquetColumn scoreColumn = ListColumn(file, Scores);
        ParquetLists<long> neighbors = Lists<long>(file, neighborColumn);
        ParquetLists<float> scores = Lists<float>(file, scoreColumn);
        for (int index = 0; index < file.RowGroupCount; index++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            using RowGroupReader group = file.RowGroup(index);
            using ParquetBatches<long> indices = ParquetValues.Integers(
                group, neighborColumn, (_, found) => FormatErrors.Corrupt(file.Path, "graph", $"a neighbour is " +
                    $"{found}, and should be a whole number."));
            neighbors.Append(indices, options.CancellationToken, Told);
            using ParquetBatches<float> values = ParquetValues.Floats(group, scoreColumn);
            scores.Append(values, options.CancellationToken, Told);
            Told();
        }

        return Joined(file, neighbors, scores);

        bool Told()
        {
            options.Progress?.Report(new StageProgress("Read graph", ((long)neighbors.Lengths.Length + scores.Lengths.Length) / 2, file.ClaimedRowCount, StageUnits.Rows));
            return true;
        }
    }

    /// <summary>Writes at exactly this path, which is not yet the final one.</summary>
    public static void Write(string path, NeighborGraph graph, ComputeOptions options)
    {
        Dictionary<string, string> metadata = new()
        {
            [ParquetMetadata.GraphVersion] = Printed(Version),
            [ParquetMetadata.VertexCount] = Printed(graph.VertexCount),
            [ParquetMetadata.NeighborCount] = Printed(graph.NeighborCount),
        };
        if (graph.Gallery is not null)
        {
            metadata.Add(ParquetMetadata.QueryCount, Printed(graph.Query?.RowCount ?? 0));
        }

        if (graph.CentersCameras)
        {
            metadata.Add(ParquetMetadata.CentersCameras, Printed(1));
        }

        if (graph.Approximation is GraphApproximation approximation)
        {
            metadata.Add(ParquetMetadata.Recall, approximation.Recall.ToString("R", CultureInfo.InvariantCulture));
            metadata.Add(ParquetMetadata.RecallRows, Printed(approximation.SampledRows));
            metadata.Add(ParquetMetadata.RecallOrigin, approximation.Origin);
        }

        List<Node> columns = [ParquetOutput.List(Neighbors, PhysicalType.Int32), ParquetOutput.List(Scores, PhysicalType.Float)];
        ParquetOutput.Write(path, columns, metadata, writer => WriteRows(writer, graph, options));
    }

    private static void WriteRows(ParquetFileWriter writer, NeighborGraph graph, ComputeOptions options)
    {
        int rowsPerGroup = Math.Max(1, ParquetOutput.RowGroupValues / graph.NeighborCount);
        for (int first = 0; first < graph.VertexCount; first += rowsPerGroup)
        {
            int end = Math.Min(first + rowsPerGroup, graph.VertexCount);
            using RowGroupWriter group = writer.AppendRowGroup();
            WriteColumn(group, first, end, graph.GetNeighbors, options.CancellationToken);
            WriteColumn(group, first, end, graph.GetScores, options.CancellationToken);
            options.Progress?.Report(new StageProgress("Write graph", end, graph.VertexCount, StageUnits.Rows));
        }
    }

    private static void WriteColumn<T>(
        RowGroupWriter group, int first, int end, Func<int, T[]> listOf, CancellationToken cancellation)
        where T : unmanaged
    {
        using ParquetListWriter<T> column = new(group);
        for (int vertex = first; vertex < end; vertex++)
        {
            T[] list = listOf(vertex);
            column.Write(list, list.Length, cancellation);
        }
    }

    private static ParquetLists<T> Lists<T>(ParquetFile file, ParquetColumn column) => new(
        file.Path, column, equalLengths: false, new GrowingArray<T>(file.ClaimedValueCount(column), file.Length));

    private static ParquetColumn ListColumn(ParquetFile file, string name) =>
        file.Columns.FirstOrDefault(column => column.Name == name && column.Info is { IsList: true, IsNumber: true }) ??
        throw FormatErrors.ColumnNotFound(file.Path, $"column '{name}' with a list of numbers a row", file.Columns.Select(column => column.Name));

    private static NeighborGraph Joined(ParquetFile file, ParquetLists<long> neighbors, ParquetLists<float> scores)
    {
        if (!neighbors.Lengths.SequenceEqual(scores.Lengths))
        {
            throw FormatErrors.Corrupt(file.Path, "graph", "its lists of neighbours and of scores differ in number or length.");
        }

        int vertexCount = neighbors.Lengths.Length;
        int longest = 0;
        foreach (int length in neighbors.Lengths)
        {
            longest = Math.Max(longest, length);
        }

        RequireClaimed(file, vertexCount, longest);
        int size = FeatureMatrixChecks.ElementCount(vertexCount, longest);
        int[] indices = new int[size];
        float[] padded = new float[size];
        Pad(neighbors.Lengths, longest, Array.ConvertAll(neighbors.TakeValues(), Narrow), -1, indices);
        Pad(neighbors.Lengths, longest, scores.TakeValues(), 0f, padded);
        return new NeighborGraph(indices, padded, vertexCount, longest, source: file.Path)
            .WithCenteredCameras(ParquetMetadata.CountOf(file, ParquetMetadata.CentersCameras) > 0)
            .WithApproximation(ParquetMetadata.ApproximationOf(file));
    }

    private static void RequireClaimed(ParquetFile file, int vertexCount, int longest)
    {
        // A wider graph than its longest list would be padding alone, so what is claimed is checked and not allocated.
        int neighborCount = ParquetMetadata.CountOf(file, ParquetMetadata.NeighborCount) ?? longest;
        int claimedVertices = ParquetMetadata.CountOf(file, ParquetMetadata.VertexCount) ?? vertexCount;
        int queries = ParquetMetadata.CountOf(file, ParquetMetadata.QueryCount) ?? 0;
        if (claimedVertices != vertexCount || neighborCount < longest || queries > vertexCount)
        {
            throw FormatErrors.Corrupt(
                file.Path, "graph",
                $"it says {claimedVertices:N0} vertices x {neighborCount:N0} neighbours with {queries:N0} queries, " +
                $"and holds {vertexCount:N0} lists of up to {longest:N0}.");
        }
    }

    // An index past 32 bits is out of range for any graph; the graph's own check names it by this stand-in.
    private static int Narrow(long index) => (int)Math.Clamp(index, int.MinValue, int.MaxValue);

    private static void Pad<T>(ReadOnlySpan<int> lengths, int width, T[] values, T padding, T[] padded)
    {
        int from = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            Span<T> target = padded.AsSpan(row * width, width);
            values.AsSpan(from, lengths[row]).CopyTo(target);
            target[lengths[row]..].Fill(padding);
            from += lengths[row];
        }
    }

    private static string Printed(int number) => number.ToString(CultureInfo.InvariantCulture);
}
