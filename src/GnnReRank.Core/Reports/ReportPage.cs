using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GnnReRank.Reports;

/// <summary>Writes the page: the template with style, script and data in their places.</summary>
internal static partial class ReportPage
{
    private const string DefaultTitle = "Ranking report";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, ReportContent content, ReportOptions options)
    {
        string style = ReportAssets.Style;
        string script = ReportAssets.Script;
        string title = options.Title ?? DefaultTitle;
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);

        // Split once: a name that looks like a place in the template stays a name.
        string[] parts = Place().Split(ReportAssets.Template);
        for (int i = 0; i < parts.Length; i++)
        {
            switch (i % 2 == 0 ? string.Empty : parts[i])
            {
                case "policy":
                    Write(file, Policy(style, script));
                    break;
                case "title":
                    Write(file, WebUtility.HtmlEncode(title));
                    break;
                case "style":
                    Write(file, style);
                    break;
                case "script":
                    Write(file, script);
                    break;
                case "data":
                    ReportJson.Write(file, content, title);
                    break;
                default:
                    Write(file, parts[i]);
                    break;
            }
        }
    }

    /// <summary>Nothing is fetched but pictures from beside the file, and nothing runs but the page's own script.</summary>
    private static string Policy(string style, string script) =>
        $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(s_utf8.GetBytes(text)))}";

    private static void Write(Stream stream, string text) => stream.Write(s_utf8.GetBytes(text));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
