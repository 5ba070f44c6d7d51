namespace GnnReRank.Formats.Tables;

/// <summary>Refuses names and labels that a format cannot give back as they are.</summary>
internal static class WritableTexts
{
    private const char Nul = '\0';
    private const char ByteOrderMark = '\uFEFF';

    /// <exception cref="GnnReRankException">A text would be lost or changed, or the file could not be read back.</exception>
    public static void Require(string path, FeatureFormat format, FeatureMatrix matrix)
    {
        if (format is FeatureFormat.Npy or FeatureFormat.Fvecs)
        {
            // These hold neither names nor labels.
            return;
        }

        // Fields of numpy are filled up with NULs, and a NUL in text is the sign of a binary file.
        Func<string, string?> faultOf = format switch
        {
            FeatureFormat.Csv or FeatureFormat.Tsv => FaultInText,
            FeatureFormat.Npz => text => text.EndsWith(Nul) ? "a NUL character at its end" : HalfCharacter(text),
            _ => HalfCharacter,
        };
        const string others = ".parquet, .arrow or .safetensors";
        RequireNames(path, $"{format} files", others, matrix, faultOf);
        foreach (string label in matrix.LabelNames?.Values ?? Enumerable.Empty<string>())
        {
            Require(path, $"{format} files", others, label, "a label", faultOf(label));
        }
    }

    /// <exception cref="GnnReRankException">A name would be lost or changed, or the file could not be read back.</exception>
    public static void Require(string path, RankingFormat format, Ranking ranking)
    {
        Func<string, string?> faultOf = format switch
        {
            RankingFormat.Csv => FaultInText,

            // A name comes first in such a file, where this character is no part of the text.
            RankingFormat.Trec => text => text.StartsWith(ByteOrderMark) ? "a byte order mark at its start" : FaultInText(text),
            _ => HalfCharacter,
        };
        RequireNames(path, $"{format} rankings", ".parquet or .jsonl", ranking.Query, faultOf);
        RequireNames(path, $"{format} rankings", ".parquet or .jsonl", ranking.Gallery, faultOf);
    }

    private static void RequireNames(string path, string files, string others, FeatureMatrix matrix, Func<string, string?> faultOf)
    {
        for (int row = 0; row < matrix.NameSpan.Length; row++)
        {
            Require(path, files, others, matrix.NameSpan[row], $"the name of row {row} (0-based)", faultOf(matrix.NameSpan[row]));
        }
    }

    private static void Require(string path, string files, string others, string text, string what, string? fault)
    {
        if (fault is not null)
        {
            string remedy = HalfCharacter(text) is null ? $"Write a {others} file, or rename it." : "Rename it.";
            throw new GnnReRankException("TextNotWritable", ErrorKind.NotSupported, $"'{path}': {what}, '{text}', has {fault}, which {files} do not give back. {remedy}");
        }
    }

    private static string? FaultInText(string text) => text.Contains(Nul) ? "a NUL character" : HalfCharacter(text);

    private static string? HalfCharacter(string text)
    {
        for (int place = 0; place < text.Length; place++)
        {
            if (!char.IsSurrogate(text[place]))
            {
                continue;
            }

            if (place + 1 == text.Length || !char.IsSurrogatePair(text[place], text[place + 1]))
            {
                return "half a character (a surrogate without its other half)";
            }

            place++;
        }

        return null;
    }
}
