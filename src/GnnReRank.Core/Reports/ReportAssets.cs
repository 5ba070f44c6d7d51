using System.Reflection;

namespace GnnReRank.Reports;

/// <summary>The page's own text: HTML, style and script, as they lie in the source.</summary>
internal static class ReportAssets
{
    // The scripts share one scope, in this order.
    private static readonly string[] s_scripts = ["dom.js", "pictures.js", "charts.js", "summary.js", "queries.js", "toolbar.js", "report.js"];

    public static string Template => Read("report.html");

    public static string Style => Read("report.css");

    public static string Script => string.Join('\n', s_scripts.Select(Read));

    // Browsers hash a script with line feeds alone, whatever a checkout made of them.
    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Reports.{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
