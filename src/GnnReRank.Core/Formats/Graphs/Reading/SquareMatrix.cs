using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Running;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Graphs of the nearest of each row of a square matrix of similarities or distances, which passes by in blocks.
/// </summary>
internal static class SquareMatrix
{
    private const int UsualNeighborCount = 64;

    // Elements of a block: a few rows for each thread.
    private const int BlockElements = 1 << 21;

    /// <summary>Whether an array is a square matrix of floating-point numbers.</summary>
    public static bool Is(NumericArray array) =>
        array.Type.Kind == ElementKind.FloatingPoint &&
        array.Shape is [long rows and > 0, long columns] && rows == columns;

    /// <summary>Reads a graph.</summary>
    /// <param name="array">Rows x rows: how near each is to each, queries first.</param>
    /// <param name="options">What the scores are, and how many neighbours to keep.</param>
    /// <exception cref="GnnReRankException">The array is not square, or its scores make no sense.</exception>
    public static NeighborGraph Read(NumericArray array, GraphReadOptions options)
    {
        if (!Is(array))
        {
            throw FormatErrors.Unsupported(
                array.Path, $"{array.Text} holds {array.Type} numbers and is not square. Lists of neighbours are " +
                    "integers, with their scores in an array of their own; a matrix of scores has a row and a " +
                    "column for each row of query and gallery together. Scores of queries x gallery are read with " +
                    "Import-Ranking.");
        }

        if (array.Shape[0] > Array.MaxLength)
        {
            throw GraphErrors.TooLarge(array.Path, array.Text);
        }

        int count = (int)array.Shape[0];
        KnownRows? known = KnownRows.Of(options, options.ScoreKind ?? GraphScoreKind.Cosine, count);
        if (array.IsColumnMajor && count > 1)
        {
            if ((long)count * count > Array.MaxLength)
            {
                throw FormatErrors.Unsupported(
                    array.Path, $"{array.Text} is stored column by column, and too large to be turned. Save it " +
                        "row by row: numpy.ascontiguousarray.");
            }

            return OfWhole(array, count, known, options);
        }

        using Stream stream = array.Open();
        BlockFiller<float> filler = new(
            array, stream, ElementConversion.ToSingles, (long)count * count, options.Compute);
        NeighborGraph graph = OfBlocks(array.Path, count, known, options, block => filler.Fill(block));
        StreamEnd.Check(stream);
        return graph;
    }

    private static NeighborGraph OfWhole(NumericArray array, int count, KnownRows? known, GraphReadOptions options)
    {
        float[] all = ArrayReader.Read<float>(array, count, count, ElementConversion.ToSingles, options.Compute);
        int taken = 0;
        return OfBlocks(array.Path, count, known, options, block =>
        {
            all.AsSpan(taken, block.Length).CopyTo(block);
            taken += block.Length;
        });
    }

    private static NeighborGraph OfBlocks(
        string path, int count, KnownRows? known, GraphReadOptions options, Action<float[]> fill)
    {
        int rowsPerBlock = (int)Math.Clamp(BlockElements / (long)count, 1, count);
        float[] block = new float[rowsPerBlock * count];
        NearestColumns? nearest = null;
        for (int first = 0; first < count; first += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, count - first);
            block = block.Length == rows * count ? block : new float[rows * count];
            fill(block);
            nearest ??= new NearestColumns(
                path, count, Math.Min(options.NeighborCount ?? UsualNeighborCount, count),
                ConversionChoice.For(options.ScoreKind ?? GraphScoreKind.Cosine, known, block, count));
            (float[] filled, int start, NearestColumns target) = (block, first, nearest);
            Workers.ForRanges(options.Compute.ThreadCount, rows, 1, (from, to) =>
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                for (int row = from; row < to; row++)
                {
                    target.Take(start + row, filled.AsSpan(row * count, count));
                }
            });
        }

        return nearest!.ToGraph();
    }
}
