namespace GnnReRank.Formats.Graphs;

/// <summary>
/// Tells whether scores are of the given rows as they are, or of these normalised, as users of faiss do before the
/// search: a few scores are held against those that the features give.
/// </summary>
internal sealed class ConversionChoice
{
    /// <summary>Lists to look at; a few entries of each tell enough.</summary>
    public const int SampledRows = 64;

    private const int PerRow = 4;

    private readonly GraphScoreKind _kind;
    private readonly KnownRows _known;
    private double _missOfRaw;
    private double _missOfNormalized;

    private ConversionChoice(GraphScoreKind kind, KnownRows known) => (_kind, _known) = (kind, known);

    /// <summary>How the scores of lists become cosines.</summary>
    public static ScoreConversion For(GraphScoreKind kind, KnownRows? known, ForeignLists lists)
    {
        if (known is null)
        {
            return new ScoreConversion(kind, norms: null);
        }

        ConversionChoice choice = new(kind, known);
        int step = Math.Max(1, lists.Rows / SampledRows);
        for (int row = 0; row < lists.Rows; row += step)
        {
            choice.Look(row, lists.IndicesOf(row), lists.ScoresOf(row));
        }

        return choice.Made();
    }

    /// <summary>How the scores of a square matrix become cosines.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="known">The features; null where unknown.</param>
    /// <param name="scores">The first rows of the matrix.</param>
    /// <param name="columns">Their length.</param>
    public static ScoreConversion For(GraphScoreKind kind, KnownRows? known, ReadOnlySpan<float> scores, int columns)
    {
        if (known is null)
        {
            return new ScoreConversion(kind, norms: null);
        }

        ConversionChoice choice = new(kind, known);
        int[] indices = [.. Enumerable.Range(0, columns)];
        for (int row = 0; row < Math.Min(scores.Length / columns, SampledRows); row++)
        {
            choice.Look(row, indices, scores.Slice(row * columns, columns));
        }

        return choice.Made();
    }

    private void Look(int row, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores)
    {
        int looked = 0;
        for (int position = 0; position < indices.Length && looked < PerRow; position++)
        {
            int other = indices[position];
            if (other < 0 || other >= _known.Norms.Length || other == row || !float.IsFinite(scores[position]))
            {
                continue;
            }

            (double norm, double otherNorm) = (_known.Norms[row], _known.Norms[other]);
            double product = _known.Product(row, other);
            double cosine = norm == 0 || otherNorm == 0 ? 0 : product / (norm * otherNorm);
            _missOfRaw += Miss(scores[position], ScoreConversion.ScoreOf(_kind, product, norm, otherNorm));
            _missOfNormalized += Miss(scores[position], ScoreConversion.ScoreOf(_kind, cosine, 1, 1));
            looked++;
        }
    }

    // Of rows that are normalised both are the same but for rounding.
    private ScoreConversion Made() => _missOfNormalized < _missOfRaw
        ? new ScoreConversion(_kind, norms: null)
        {
            UnusedNorms = FormattableString.Invariant($"{_known.Norms.Min():0.###} to {_known.Norms.Max():0.###}"),
        }
        : new ScoreConversion(_kind, _known.Norms);

    private static double Miss(double found, double expected) =>
        Math.Abs(found - expected) / (Math.Abs(found) + Math.Abs(expected) + double.Epsilon);
}
