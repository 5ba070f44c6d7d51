using System.Text;
using System.Text.RegularExpressions;

namespace GnnReRank.Formats.Files;

/// <summary>Tells what a download leaves under a file's name instead of the file: a Git LFS pointer, or the page that says why there is none.</summary>
internal static partial class FailedDownload
{
    /// <summary>How many bytes of a file's start tell it.</summary>
    public const int HeadLength = 1024;

    private const int LongestTitle = 80;

    private static readonly string[] s_pages = ["<!doctype html", "<html", "<head", "<?xml", "<error", "<body", "<title", "<script", "<!--"];

    private static ReadOnlySpan<byte> LfsPointer => "version https://git-lfs.github.com/spec/"u8;

    /// <exception cref="GnnReRankException">The file is not what its name says.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(LfsPointer))
        {
            throw FormatErrors.Unsupported(path, "this is a Git LFS pointer, not the file it stands for. Fetch the file with 'git lfs pull'.");
        }

        string text = Encoding.Latin1.GetString(head).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');
        if (s_pages.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) || Refusal().IsMatch(text))
        {
            throw new GnnReRankException(
                "WebPage", ErrorKind.InvalidData,
                $"'{path}' is a web page{TitleOf(text)}, and not the file that its name says: the download failed, or led to a page that asks for something first. Fetch the file again.");
        }
    }

    private static string TitleOf(string text)
    {
        string title = Title().Match(text) is { Success: true } found ? found.Groups[1].Value.Trim() : Refusal().Match(text).Value.Trim();
        return title.Length == 0 ? string.Empty : $" ('{title[..Math.Min(title.Length, LongestTitle)]}')";
    }

    [GeneratedRegex(@"<(?:title|message|code)[^>]*>([^<]*)<", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    // What servers answer in plain text: "404: Not Found", "500 Internal Server Error".
    [GeneratedRegex(@"\A[45]\d\d:? [A-Z][a-z]+(?: [A-Z][a-z]+){0,4}\s*\z")]
    private static partial Regex Refusal();
}
