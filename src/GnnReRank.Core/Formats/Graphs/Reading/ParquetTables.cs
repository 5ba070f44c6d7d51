using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Parquet;
using GnnReRank.Formats.Rankings.Runs;
using GnnReRank.Running;
using ParquetSharp;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>Graphs in Parquet: this module's, and tables of other programs with a row a list or a row a pair.</summary>
internal static class ParquetTables
{
    private const string Unit = "row (0-based)";

    /// <summary>The endings that are read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".parquet", ".pq"];

    /// <summary>Reads a graph.</summary>
    /// <exception cref="GnnReRankException">The file is not a usable graph.</exception>
    public static NeighborGraph Read(string path, GraphReadOptions options)
    {
        InputFile.Require(path, "the path of a graph file");
        return ParquetFile.Use(path, options.Compute.CancellationToken, file => ParquetGraph.IsOwn(file)
            ? GraphBuilder.Head(ParquetGraph.Read(file, options.Compute), options.NeighborCount)
            : Foreign(file, options));
    }

    private static NeighborGraph Foreign(ParquetFile file, GraphReadOptions options)
    {
        string[] lists = [.. file.Columns.Select(column => column.Info.IsList ? column.Name : string.Empty)];
        string[] single = [.. file.Columns.Select(column => column.Info.IsList ? string.Empty : column.Name)];
        bool areLists = GraphColumns.OfLists(file.Path, lists, single) is not null;
        GraphColumns columns = GraphColumns.OfLists(file.Path, lists, single) ??
            GraphColumns.OfPairs(file.Path, single) ??
            throw GraphColumns.Missing(file.Path, file.Columns.Select(column => column.Name));
        ParquetColumn score = file.Columns[columns.Score];
        if (!score.Info.IsNumber)
        {
            throw FormatErrors.Unsupported(
                file.Path, $"the column '{score.Name}' is of the type {score.Element}, and scores are numbers.");
        }

        GraphScoreKind kind = GraphColumns.KindOf(file.Path, score.Name, options.ScoreKind);
        PairTable table = new(new RunSource(file.Path, Unit), options, isUnordered: !areLists);
        long rows = 0;
        for (int index = 0; index < file.RowGroupCount; index++)
        {
            using RowGroupReader group = file.RowGroup(index);
            rows += areLists
                ? AddLists(file, group, columns, table, rows, options.Compute)
                : AddPairs(file, group, columns, table, rows, options.Compute);
            options.Compute.Progress?.Report(
                new StageProgress("Read graph", rows, Math.Max(rows, file.ClaimedRowCount), StageUnits.Rows));
        }

        return GraphBuilder.Build(table.ToLists(), kind, options);
    }

    private static long AddPairs(
        ParquetFile file, RowGroupReader group, GraphColumns columns, PairTable table, long firstRow,
        ComputeOptions options)
    {
        using ParquetIds sources = new(file, group, columns.Source!.Value, table.Ids, firstRow);
        using ParquetIds targets = new(file, group, columns.Target, table.Ids, firstRow);
        ParquetColumn scoreColumn = file.Columns[columns.Score];
        using ParquetCursor<float> scores = new(
            new RunSource(file.Path, Unit), scoreColumn, ParquetValues.Floats(group, scoreColumn), firstRow);
        long count = 0;
        while (sources.MoveNext())
        {
            if (!targets.MoveNext() || !scores.MoveNext())
            {
                throw FormatErrors.Corrupt(file.Path, "Parquet", "its columns differ in length.");
            }

            if (count % ParquetBatches<long>.Size == 0)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
            }

            int source = sources.Current;
            table.Open(source, firstRow + count);
            table.Add(source, targets.Current, scores.Current);
            count++;
        }

        return targets.MoveNext() || scores.MoveNext()
            ? throw FormatErrors.Corrupt(file.Path, "Parquet", "its columns differ in length.")
            : count;
    }

    private static long AddLists(
        ParquetFile file, RowGroupReader group, GraphColumns columns, PairTable table, long firstRow,
        ComputeOptions options)
    {
        (int[] lengths, int[] targets) = Targets(file, group, columns.Target, table.Ids, firstRow, options);
        (int[] others, float[] scores) = Lists(
            file, file.Columns[columns.Score], ParquetValues.Floats(group, file.Columns[columns.Score]), float.NaN,
            firstRow, options);
        if (!lengths.AsSpan().SequenceEqual(others))
        {
            throw FormatErrors.Corrupt(
                file.Path, "graph", "its lists of neighbours and of scores differ in number or length.");
        }

        using ParquetIds? ids = columns.Source is int column
            ? new ParquetIds(file, group, column, table.Ids, firstRow)
            : null;
        int next = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (ids?.MoveNext() == false)
            {
                throw FormatErrors.Corrupt(file.Path, "Parquet", "its columns differ in length.");
            }

            int source = ids?.Current ?? (int)Math.Min(firstRow + row, int.MaxValue);
            table.Open(source, firstRow + row);
            for (int end = next + lengths[row]; next < end; next++)
            {
                table.Add(source, targets[next], scores[next]);
            }
        }

        return lengths.Length;
    }

    private static (int[] Lengths, int[] Targets) Targets(
        ParquetFile file, RowGroupReader group, int place, VertexIds ids, long firstRow, ComputeOptions options)
    {
        ParquetColumn column = file.Columns[place];
        if (column.Element == ParquetElement.Text)
        {
            (int[] counts, string[] names) = Lists(
                file, column, ParquetValues.Texts(group, column), string.Empty, firstRow, options);
            return (counts, Array.ConvertAll(
                names, name => name.Length == 0 ? ForeignLists.Padding : ids.Find(name, firstRow)));
        }

        ParquetBatches<long> batches = ParquetValues.Integers(
            group, column,
            (_, found) => FormatErrors.Corrupt(file.Path, "graph", $"a neighbour is {found}, and should be a " +
                "whole number."));
        (int[] lengths, long[] numbers) = Lists(file, column, batches, ForeignLists.Padding, firstRow, options);
        return (lengths, Array.ConvertAll(
            numbers, number => number is ForeignLists.Padding ? ForeignLists.Padding : ids.Find(number, firstRow)));
    }

    private static (int[] Lengths, T[] Values) Lists<T>(
        ParquetFile file, ParquetColumn column, ParquetBatches<T> batches, T missing, long firstRow,
        ComputeOptions options)
    {
        using (batches)
        {
            ParquetLists<T> lists = new(
                file.Path, column, equalLengths: false, new GrowingArray<T>(), new StrongBox<T>(missing));
            lists.StartAt((int)Math.Min(firstRow, int.MaxValue));
            lists.Append(batches, options.CancellationToken);
            return (lists.Lengths.ToArray(), lists.TakeValues());
        }
    }
}
