using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace GnnReRank.Tests.Reports;

/// <summary>The page: well formed, closed against the network, and deaf to what names say.</summary>
public sealed class ReportPageTests : IDisposable
{
    private static readonly string[] s_hostile =
    [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "{{script}} {{data}}",
        "a\"b'c&amp;\u2028\u0000\ud800",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheHtmlIsStrictlyWellFormed()
    {
        string html = ReportCase.Write(_folder, ReportCase.ThreeQueries());
        IHtmlDocument page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true, IsScripting = true }).ParseDocument(html);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(element => element.Id!)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (IElement named in page.QuerySelectorAll("[aria-labelledby]"))
        {
            Assert.NotNull(page.GetElementById(named.GetAttribute("aria-labelledby")!));
        }

        Assert.All(page.QuerySelectorAll("img"), image => Assert.True(image.HasAttribute("alt")));
    }

    [Fact]
    public void ThePolicyLetsOnlyTheOwnScriptAndStyleRunAndNothingBeFetched()
    {
        IHtmlDocument page = ReportCase.Parse(ReportCase.Write(_folder, ReportCase.ThreeQueries()));
        string policy = page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;
        string[] rules = policy.Split("; ");
        Assert.Equal("default-src 'none'", rules[0]);
        Assert.Contains($"script-src '{Hash(page.QuerySelector("script:not([type])")!)}'", rules);
        Assert.Contains($"style-src '{Hash(page.QuerySelector("style")!)}'", rules);
        Assert.Contains("img-src 'self' file: data:", rules);
        Assert.Contains("base-uri 'none'", rules);
        Assert.Contains("form-action 'none'", rules);
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style");
    }

    [Fact]
    public void NothingPointsOutside()
    {
        string html = ReportCase.Write(_folder, ReportCase.ThreeQueries());

        // A namespace is a name, not an address.
        string text = html.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
        foreach (string call in (string[])["fetch(", "XMLHttpRequest", "WebSocket", "import(", "innerHTML", "insertAdjacentHTML", "document.write", "eval("])
        {
            Assert.DoesNotContain(call, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(ReportCase.All(html), element => element.LocalName is "link" or "iframe" or "object" or "embed" or "base" or "form");
        Assert.All(ReportCase.All(html).SelectMany(element => element.Attributes).Where(attribute => attribute.Name is "href" or "src"), attribute =>
            Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void HostileNamesAndTitlesStayText()
    {
        string title = s_hostile[1] + s_hostile[0];
        string plain = ReportCase.Write(_folder, ReportCase.ThreeQueries());
        string html = ReportCase.Write(_folder, ReportCase.ThreeQueries(s_hostile[..3], s_hostile), new ReportOptions { Title = title });
        IHtmlDocument page = ReportCase.Parse(html);
        Assert.Equal(ReportCase.All(plain).Select(element => element.LocalName), page.All.Select(element => element.LocalName));
        Assert.Equal(title, page.Title);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        JsonElement data = ReportCase.Data(html);
        Assert.Equal(title, data.GetProperty("title").GetString());
        Assert.Equal(s_hostile[..3], ReportCase.Texts(data.GetProperty("query").GetProperty("names")));

        // A half of a surrogate pair is no text in any encoding.
        string[] gallery = [.. s_hostile[..4], s_hostile[4].Replace('\ud800', '\ufffd')];
        Assert.Equal(gallery, ReportCase.Texts(data.GetProperty("gallery").GetProperty("names")));
        Assert.DoesNotContain('<', page.QuerySelector("script#data")!.TextContent);
    }

    [Fact]
    public void NamesOfAllScriptsKeepTheirLetters()
    {
        string[] names = ["人物/一.jpg", "עברית.jpg", "Zoë.jpg"];
        string html = ReportCase.Write(_folder, ReportCase.ThreeQueries(names));
        Assert.Contains("人物/一.jpg", html);
        Assert.Equal(names, ReportCase.Texts(ReportCase.Data(html).GetProperty("query").GetProperty("names")));
    }

    [Fact]
    public void AFileThereIsReplacedOnlyWhenAsked()
    {
        string path = _folder["report.html"];
        File.WriteAllText(path, "kept");
        Assert.Equal("FileExists", Assert.Throws<GnnReRankException>(() => RankingReport.Write(path, ReportCase.ThreeQueries())).ErrorId);
        Assert.Equal("kept", File.ReadAllText(path));
        RankingReport.Write(path, ReportCase.ThreeQueries(), new ReportOptions { Overwrite = true });
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path));
        Assert.Equal((byte)'<', File.ReadAllBytes(path)[0]);
    }

    private static string Hash(IElement element) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.TextContent)))}";
}
