using System.Collections.ObjectModel;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.RowFiles;

/// <summary>Labels, cameras and names in files of their own, beside the one with the features.</summary>
internal static class RowFileColumns
{
    /// <summary>What a reader is to do where such files are given: to take all rows, since what they say of them comes after.</summary>
    /// <exception cref="GnnReRankException">The options contradict each other.</exception>
    public static FeatureReadOptions ForReader(string path, FeatureReadOptions options)
    {
        if (!options.HasRowFiles)
        {
            return options;
        }

        RequireOne(path, options.LabelPath, options.LabelColumn, "-LabelPath", "-LabelColumn");
        RequireOne(path, options.CameraPath, options.CameraColumn, "-CameraPath", "-CameraColumn");
        RequireOne(path, options.NamePath, options.NameColumn, "-NamePath", "-NameColumn");
        if (options.Sets is { Count: > 1 })
        {
            throw new GnnReRankException(
                "RowFileForSeveralSets", ErrorKind.InvalidArgument,
                $"'{path}': {options.Sets.Count} sets and a file of labels, cameras or names were given, and it cannot belong to every set. Read one set at a time.");
        }

        if (options.MemoryMapped && options.Rows is { TakesAll: false })
        {
            throw new GnnReRankException(
                "MemoryMappedSelection", ErrorKind.NotSupported,
                $"'{path}': rows of a file that stays where it is were asked for, with labels, cameras or names from another file: those belong to all its rows. Take all rows, or leave -MemoryMapped out.");
        }

        return options with { Rows = null };
    }

    /// <summary>Adds what the files say to a table of all rows.</summary>
    /// <exception cref="GnnReRankException">A file is not usable, or holds another number of values than there are rows.</exception>
    public static FeatureTable Add(FeatureTable table, string path, FeatureReadOptions options)
    {
        if (!options.HasRowFiles)
        {
            return table;
        }

        using RowFile? labels = Open(options.LabelPath, UsualNames.Labels, areTexts: false, table, path, options);
        using RowFile? cameras = Open(options.CameraPath, UsualNames.Cameras, areTexts: false, table, path, options);
        using RowFile? names = Open(options.NamePath, UsualNames.Names, areTexts: true, table, path, options);
        ArrayMetadata known = new(table.RowCount, []) { LabelColumn = labels?.Column, CameraColumn = cameras?.Column, NameColumn = names?.Column };
        _ = Guarded(options, () => known.Read(options with { Rows = null }, $"'{path}'"));
        ReadOnlyDictionary<long, string>? labelNames = labels is null ? table.LabelNames : known.LabelNames;
        return table with
        {
            Labels = known.Labels ?? table.Labels,
            LabelNames = labelNames,
            Cameras = known.Cameras ?? table.Cameras,
            Names = known.Names ?? table.Names,
        };
    }

    private static RowFile? Open(string? file, IReadOnlyList<string> usual, bool areTexts, FeatureTable table, string path, FeatureReadOptions options)
    {
        if (file is null)
        {
            return null;
        }

        RowFile opened = Guarded(options with { LabelPath = file, CameraPath = null, NamePath = null }, () => RowFile.Open(file, usual, areTexts, options));
        long? length = ArrayShape.ListLength(opened.Column.Shape);
        if (length == table.RowCount)
        {
            if (!areTexts && table.Names is { } names)
            {
                RequireOrder(file, RowFileTexts.NamesBeside(file, options.Compute.CancellationToken), path, names);
            }

            return opened;
        }

        opened.Dispose();
        throw new GnnReRankException(
            "RowCountMismatch", ErrorKind.InvalidData,
            $"'{file}' holds {(length is null ? $"an array {ArrayShape.Text(opened.Column.Shape)}" : $"{length:N0} values")}, and '{path}' has {table.RowCount:N0} rows: " +
            "one value is needed for each row, in the same order.");
    }

    // Other names than those of the images are no concern: a person's beside the label.
    private static void RequireOrder(string file, string[]? beside, string path, IReadOnlyList<string> names)
    {
        if (beside is null)
        {
            return;
        }

        HashSet<string> known = [.. names.Select(Bare)];
        for (int row = 0; row < beside.Length; row++)
        {
            if (Bare(beside[row]) != Bare(names[row]) && known.Contains(Bare(beside[row])))
            {
                throw new GnnReRankException(
                    "RowOrderMismatch", ErrorKind.InvalidData,
                    $"'{file}' has '{beside[row]}' in row {row} (0-based), where '{path}' has '{names[row]}', and it holds both images: the values are taken row by row, so both need the same order. Sort one of them as the other.");
            }
        }
    }

    private static string Bare(string name) => ImageEndings.Cut(name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);

    private static T Guarded<T>(FeatureReadOptions options, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            string[] files = [.. new[] { options.LabelPath, options.CameraPath, options.NamePath }.OfType<string>()];
            throw new GnnReRankException(
                "CorruptFile", ErrorKind.InvalidData, $"{FormatErrors.Listed(files)} {(files.Length == 1 ? "is" : "are")} cut short, damaged or unreadable ({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    private static void RequireOne(string path, string? file, string? column, string fileParameter, string columnParameter)
    {
        if (file is not null && column is not null)
        {
            throw new GnnReRankException(
                "KnownTwice", ErrorKind.InvalidArgument, $"'{path}': {fileParameter} '{file}' and {columnParameter} '{column}' were both given: give one of them.");
        }
    }
}
