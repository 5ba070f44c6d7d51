using GnnReRank.Running;

namespace GnnReRank.Reports.Pictures;

/// <summary>The pictures of a report's queries or of its gallery: linked, embedded, or none.</summary>
internal sealed class PictureSet
{
    // Pictures that are made before those that fit are kept: enough to busy every core, and few to make in vain.
    private const int Block = 128;

    private readonly PictureFolder? _folder;

    private PictureSet(PictureFolder? folder, string? link, string?[]? thumbnails)
    {
        _folder = folder;
        Link = link;
        Thumbnails = thumbnails;
    }

    /// <summary>What the names are appended to, to link to pictures; null where there are none or they are embedded.</summary>
    public string? Link { get; }

    /// <summary>The embedded picture of each shown row, base64 of a JPEG; null where that row has none. Null where pictures are linked or there are none.</summary>
    public string?[]? Thumbnails { get; }

    /// <summary>The name as the report shows it.</summary>
    public string NameOf(string name) => _folder?.NameOf(name) ?? name;

    /// <param name="matrix">The images, whose names are paths under the folder.</param>
    /// <param name="rows">The rows that are shown.</param>
    /// <param name="folder">The folder; null shows no pictures.</param>
    /// <param name="reportFolder">The folder of the report.</param>
    /// <param name="budget">What embedded pictures may take.</param>
    /// <param name="embeds">Whether pictures are embedded.</param>
    /// <param name="options">Where warnings go.</param>
    public static PictureSet Of(
        FeatureMatrix matrix, int[] rows, string? folder, string reportFolder, PictureBudget budget, bool embeds, ComputeOptions options)
    {
        if (folder is null)
        {
            return new PictureSet(null, null, null);
        }

        if (!matrix.HasNames)
        {
            options.Warn?.Invoke(
                $"The {matrix.Role} matrix has no names, so its pictures in '{folder}' are not known: import it with -NameColumn.");
            return new PictureSet(null, null, null);
        }

        PictureFolder place = new(folder);
        return embeds
            ? new PictureSet(place, null, Embedded(matrix, rows, place, budget, options))
            : Linked(matrix, rows, place, reportFolder, options);
    }

    private static PictureSet Linked(FeatureMatrix matrix, int[] rows, PictureFolder folder, string reportFolder, ComputeOptions options)
    {
        string[] missing = [.. rows.Select(row => matrix.Names![row]).Where(name => !File.Exists(folder.FileOf(name)))];
        if (missing.Length > 0)
        {
            options.Warn?.Invoke(
                $"{missing.Length:N0} of {rows.Length:N0} pictures are not in '{folder.FullPath}', the first of them '{missing[0]}': " +
                "the report shows their names. -ImageRoot is the folder that names are relative to.");
        }

        return new PictureSet(folder, folder.LinkFrom(reportFolder), null);
    }

    private static string?[] Embedded(FeatureMatrix matrix, int[] rows, PictureFolder folder, PictureBudget budget, ComputeOptions options)
    {
        string?[] pictures = new string?[rows.Length];
        string?[] faults = new string?[rows.Length];
        int beyond = 0;
        StageReporter reporter = new(StageNames.Pictures, rows.Length, StageUnits.Pictures, options);
        for (int start = 0; start < rows.Length; start += Block)
        {
            int end = Math.Min(start + Block, rows.Length);
            if (!budget.IsSpent)
            {
                Make(start, end);
            }

            // One after the other: which pictures fit does not depend on the threads.
            for (int i = start; i < end; i++)
            {
                if (budget.IsSpent || (pictures[i] is string picture && !budget.TryTake(picture.Length)))
                {
                    (pictures[i], faults[i]) = (null, null);
                    beyond++;
                }
            }
        }

        reporter.Complete(FormattableString.Invariant($"{pictures.Count(picture => picture is not null):N0} of {rows.Length:N0} pictures embedded"));
        WarnOfFaults(matrix, rows, faults, options);
        if (beyond > 0)
        {
            options.Warn?.Invoke(
                $"{beyond:N0} of {rows.Length:N0} pictures were left out: a report embeds at most {PictureBudget.Limit >> 20} MB of them. " +
                "Show fewer (-Top, -MaxQueries), or link to the files instead of -Embed.");
        }

        return pictures;

        void Make(int start, int end) => Workers.ForRanges(options.ThreadCount, end - start, chunk: 1, (from, _) =>
        {
            int i = start + from;
            pictures[i] = Thumbnail.TryMake(folder.FileOf(matrix.Names![rows[i]]), out faults[i], options.CancellationToken);
            reporter.Advance(1);
        });
    }

    private static void WarnOfFaults(FeatureMatrix matrix, int[] rows, string?[] faults, ComputeOptions options)
    {
        int first = Array.FindIndex(faults, fault => fault is not null);
        if (first >= 0)
        {
            options.Warn?.Invoke(
                $"{faults.Count(fault => fault is not null):N0} of {rows.Length:N0} pictures could not be embedded, the first of them " +
                $"'{matrix.Names![rows[first]]}': {faults[first]} The report shows their names.");
        }
    }
}
