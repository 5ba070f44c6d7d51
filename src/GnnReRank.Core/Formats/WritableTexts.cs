namespace GnnReRank.Formats;

/// <summary>Refuses names and labels that a format cannot give back as they are.</summary>
internal static class WritableTexts
{
    /// <exception cref="GnnReRankException">A text would be lost or changed, or the file could not be read back.</exception>
    public static void Require(string path, FeatureFormat format, FeatureMatrix matrix)
    {
        if (format is FeatureFormat.Npy or FeatureFormat.Fvecs)
        {
            // These hold neither names nor labels.
            return;
        }

        for (int row = 0; row < matrix.NameSpan.Length; row++)
        {
            Require(path, format, matrix.NameSpan[row], $"the name of row {row} (0-based)");
        }

        foreach (string label in matrix.LabelNames?.Values ?? Enumerable.Empty<string>())
        {
            Require(path, format, label, "a label");
        }
    }

    private static void Require(string path, FeatureFormat format, string text, string what)
    {
        // Fields of numpy are filled up with NULs, and a NUL in text is the sign of a binary file.
        bool isCutOff = format == FeatureFormat.Npz && text.EndsWith('\0');
        bool isBinary = format is FeatureFormat.Csv or FeatureFormat.Tsv && text.Contains('\0');
        string? fault = isCutOff || isBinary ? "a NUL character" : HasHalfCharacter(text) ? "half a character (a surrogate without its other half)" : null;
        if (fault is not null)
        {
            throw new GnnReRankException(
                "TextNotWritable", ErrorKind.NotSupported,
                $"'{path}': {what}, '{text}', holds {fault}, which {format} files do not give back. " +
                (isCutOff || isBinary ? "Write a .parquet, .arrow or .safetensors file, or rename it." : "Rename it."));
        }
    }

    private static bool HasHalfCharacter(string text)
    {
        for (int place = 0; place < text.Length; place++)
        {
            if (char.IsSurrogate(text[place]))
            {
                if (!char.IsHighSurrogate(text[place]) || place + 1 == text.Length || !char.IsLowSurrogate(text[place + 1]))
                {
                    return true;
                }

                place++;
            }
        }

        return false;
    }
}
