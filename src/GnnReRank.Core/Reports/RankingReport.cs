using GnnReRank.Formats.Files;
using GnnReRank.Reports;

namespace GnnReRank;

/// <summary>Writes rankings of the same images, side by side, as one HTML file that needs nothing else and no network.</summary>
public static class RankingReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="rankings">
    /// At least one ranking, all of the same query and gallery images. The one whose method is Cosine, or else the first, is the
    /// baseline of the others.
    /// </param>
    /// <param name="options">What is shown; null takes the defaults.</param>
    /// <exception cref="GnnReRankException">
    /// There is no ranking, the rankings are of different images, a number is out of range, what the protocol needs is missing, or the
    /// file is there already.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(string path, IReadOnlyList<Ranking> rankings, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        options ??= new ReportOptions();
        ReportChecks.Options(options);
        ReportChecks.SameImages(rankings);
        AtomicFile.Write(path, options.Overwrite, temporary =>
        {
            ReportContent content = ReportContent.Of(rankings, options, Path.GetDirectoryName(Path.GetFullPath(path))!);
            ReportPage.Write(temporary, content, options);
        });
    }
}
