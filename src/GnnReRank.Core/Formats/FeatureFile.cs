using GnnReRank.Formats;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.RowFiles;
using GnnReRank.Formats.Tables;

namespace GnnReRank;

/// <summary>Reads and writes feature files of every known format.</summary>
public static class FeatureFile
{
    /// <summary>Reads one file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">What to take from it; null takes the defaults.</param>
    /// <exception cref="GnnReRankException">The file is missing, is not of its format, or holds rows that cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FeatureReadResult Read(string path, FeatureReadOptions? options = null)
    {
        options ??= new FeatureReadOptions();
        RowSelectionChecks.Require(options.Rows ?? new RowSelection());
        bool isFolder = Directory.Exists(path) && options.Format is null or FeatureFormat.NpyFolder;
        if (!isFolder)
        {
            InputFile.Require(path, "the path of a file, or a wildcard such as '*.parquet' in it");
        }

        IFeatureReader reader = FeatureFormats.ReaderFor(path, options.Format);
        if (reader.Format != FeatureFormat.NpyFolder)
        {
            CheckSignature(path, reader);
        }

        MemoryMapping.Check(path, reader, options);
        List<string> warnings = [];
        List<FeatureMatrix> matrices = [];
        foreach (FeatureTable read in reader.Read(path, RowFileColumns.ForReader(path, options)))
        {
            FeatureTable table = RowFileColumns.Add(read, path, options);
            warnings.AddRange(table.Warnings.Where(warning => !warnings.Contains(warning)));
            if (LabelSuspicion.Of(table, path, options.Compute.CancellationToken) is string suspicion)
            {
                warnings.Add(suspicion);
            }

            FeatureTable selected = TableSelection.Apply(table, path, options);
            matrices.Add(FeatureTableCleaner.ToMatrix(selected, path, options, warnings));
        }

        return new FeatureReadResult(matrices, warnings.ConvertAll(warning => DisplayText.Of(warning)));
    }

    /// <summary>Writes one file: beside its place first, then renamed, so that a failure leaves what was there.</summary>
    /// <param name="path">The file's path; its ending says the format unless the options do.</param>
    /// <param name="matrices">What to write; only some formats hold more than one matrix.</param>
    /// <param name="options">The format, and whether a file there may be replaced; null takes the defaults.</param>
    /// <exception cref="GnnReRankException">The file is there already, or the format cannot hold the matrices.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(string path, IReadOnlyList<FeatureMatrix> matrices, FeatureWriteOptions? options = null)
    {
        options ??= new FeatureWriteOptions();
        IFeatureWriter writer = FeatureFormats.WriterFor(path, options.Format);
        if (matrices.Count == 0)
        {
            throw new GnnReRankException("NothingToWrite", ErrorKind.InvalidArgument, $"'{path}': no matrix was given to write. Give at least one.");
        }

        if (matrices.Count > 1 && !writer.HoldsSeveral)
        {
            throw new GnnReRankException(
                "OneMatrixPerFile", ErrorKind.InvalidArgument,
                $"'{path}': {matrices.Count} matrices were given, and a {writer.Format} file holds one. Write them to files of their own, or to one .npz or .safetensors.");
        }

        foreach (FeatureMatrix matrix in matrices)
        {
            WritableTexts.Require(path, writer.Format, matrix);
            matrix.Storage.RequireUnchanged();
        }

        AtomicFile.Write(path, options.Overwrite, temporary => writer.Write(temporary, matrices, options.Compute));
    }

    private static void CheckSignature(string path, IFeatureReader reader)
    {
        byte[] head = InputFile.Head(path);
        if (!reader.Recognizes(head))
        {
            FeatureFormat? seen = FeatureFormats.Recognize(head).Cast<FeatureFormat?>().FirstOrDefault();
            string advice = seen is null
                ? "Its first bytes belong to no known feature format."
                : $"Its first bytes are those of a {seen} file: rename it, or say -Format {seen}.";
            throw new GnnReRankException(
                "WrongFormat", ErrorKind.InvalidData, $"'{path}' does not start like a {reader.Format} file. {advice}");
        }
    }
}
