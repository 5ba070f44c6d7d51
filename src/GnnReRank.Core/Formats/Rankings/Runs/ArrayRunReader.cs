using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Npz;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads an array with a row a query: scores or distances of the whole gallery, or lists of gallery indices.</summary>
internal sealed class ArrayRunReader : IRunReader
{
    // Elements that are ranked at a time: a few rows for each thread.
    private const int BlockElements = 1 << 21;

    private readonly RankingFormat _format;

    public ArrayRunReader(RankingFormat format) => _format = format;

    public bool Recognizes(ReadOnlySpan<byte> head) => _format switch
    {
        RankingFormat.Npy => new NpyReader().Recognizes(head),
        RankingFormat.Npz => new NpzReader().Recognizes(head),
        RankingFormat.Mat => new MatReader().Recognizes(head),
        _ => new Hdf5Reader().Recognizes(head),
    };

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        if (_format == RankingFormat.Npy)
        {
            return options.Name is null
                ? NpyFile.Read(path, array => Rank(array, query, gallery, options))
                : throw FormatErrors.ColumnNotFound(path, $"array '{options.Name}': a .npy file is one array without a name", []);
        }

        try
        {
            using IArrayFile file = Open(path, options.Compute.CancellationToken);
            return RunNeighbors.Find(file, query.RowCount, options) is { } lists
                ? Rank(lists, query, gallery, options)
                : Rank(new RunArrays(file, query.RowCount, gallery.RowCount).Find(options), query, gallery, options);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, _format.ToString(), $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    private IArrayFile Open(string path, CancellationToken cancellation) => _format switch
    {
        RankingFormat.Npz => new NpzFile(path, new FeatureReadOptions { Compute = ComputeOptions.Default with { CancellationToken = cancellation } }),
        RankingFormat.Mat => MatReader.Open(path, cancellation),
        _ => new Hdf5File(path, nameof(RankingFormat.Hdf5), cancellation),
    };

    private static Ranking Rank(RunNeighbors neighbors, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunArrays.CheckIndexCount(neighbors.Indices);
        RunIndexLists lists = new(new RunSource(neighbors.Indices.Path, "row (0-based)"), query.RowCount, gallery.RowCount, options);
        neighbors.Rank(lists, options.Compute);
        return lists.ToRanking(query, gallery, RunPath.SettingsOf(neighbors.Indices.Path));
    }

    private static Ranking Rank(NumericArray array, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(array.Path, "row (0-based)");
        ImportedSettings settings = RunPath.SettingsOf(array.Path);
        RunArrays.Check(array, query.RowCount, gallery.RowCount, options.ScoreKind);
        int columns = (int)array.Shape[1];
        if (options.ScoreKind == RankingScoreKind.Index)
        {
            RunIndexLists lists = new(source, query.RowCount, gallery.RowCount, options);
            int[] indices = ArrayReader.Read<int>(array, query.RowCount, columns, ElementConversion.ToIndices, options.Compute);
            for (int row = 0; row < query.RowCount; row++)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                lists.Take(row, indices.AsSpan(row * columns, columns), []);
            }

            return lists.ToRanking(query, gallery, settings);
        }

        ScoreRows scores = new(source, query.RowCount, gallery.RowCount, options);
        if (array.IsColumnMajor && query.RowCount > 1)
        {
            scores.Rank(0, ArrayReader.Read<double>(array, query.RowCount, columns, ElementConversion.ToDoubles, options.Compute));
        }
        else
        {
            RankInBlocks(array, query.RowCount, columns, scores, options.Compute);
        }

        return scores.ToRanking(query, gallery, settings);
    }

    private static void RankInBlocks(NumericArray array, int rows, int columns, ScoreRows scores, ComputeOptions options)
    {
        using Stream stream = array.Open();
        BlockFiller<double> filler = new(array, stream, ElementConversion.ToDoubles, (long)rows * columns, options);
        int rowsPerBlock = Math.Max(1, BlockElements / columns);
        double[] block = new double[Math.Min(rowsPerBlock, rows) * columns];
        for (int first = 0; first < rows; first += rowsPerBlock)
        {
            int count = Math.Min(rowsPerBlock, rows - first);
            block = block.Length == count * columns ? block : new double[count * columns];
            filler.Fill(block);
            scores.Rank(first, block);
        }

        StreamEnd.Check(stream);
    }
}
