using System.Xml.Linq;
using Slipway.Reporting.Html;

namespace Slipway.Reporting.Tests.Html;

public sealed class HtmlPageTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Test]
    public void HeadIsFollowedByACardForEachSection()
    {
        var html = new HtmlPage(Reports.Whole, "Tab", "Report", "The end.", Good: true).ToHtml();

        Assert.That(html, Does.StartWith("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\" />"));
        Assert.That(html[html.IndexOf("<body", StringComparison.Ordinal)..], Is.EqualTo(
            """
            <body>
            <main>
            <header class="good">
            <p class="eyebrow">Report</p>
            <h1>Training of pumps</h1>
            <p class="verdict">All 2 gates passed.</p>
            <p class="quiet">On 2,000 rows.</p>
            <dl class="facts">
            <div><dt>auc</dt><dd><span class="large">0.9000</span><br /><span class="quiet">0.85 – 0.95</span></dd></div>
            <div><dt>Training job</dt><dd><code>pumps-a1</code></dd></div></dl></header>
            <section id="gates">
            <h2>Gates</h2>
            <div class="wide">
            <table>
            <thead>
            <tr><th scope="col"></th><th scope="col">Gate</th><th scope="col" class="number">Value</th><th scope="col" class="prose">Reason</th><th scope="col" class="scale"></th></tr></thead>
            <tbody>
            <tr><td><span class="mark bad">FAIL</span></td><th scope="row">metric auc</th><td class="number">0.65</td><td class="prose">below<br />the <strong>floor</strong></td><td class="scale"><span class="bar" style="width: 60px"></span></td></tr>
            <tr><td><span class="mark good">pass</span></td><th scope="row">rows</th><td class="number">12,000</td><td class="prose"><span class="better">fine</span></td><td class="scale"></td></tr></tbody></table></div>
            <ul>
            <li>one</li>
            <li>two <code>x|y</code></li></ul></section>
            <section id="lineage">
            <h2>Lineage</h2>
            <div class="wide">
            <table class="pairs">
            <tbody>
            <tr><th scope="row">seed</th><td>1</td></tr>
            <tr><th scope="row">commit</th><td>abc</td></tr></tbody></table></div></section>
            <section>
            <h2>More</h2>
            <details><summary>Plan</summary>
            <pre><code>./build.sh
              --target=Train</code></pre></details>
            <div class="plots">
            <figure><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Curve. It falls." /></figure></div>
            <p><a href="https://example.org/CVE-1" rel="noopener noreferrer">CVE-1</a></p></section>
            <footer>The end.</footer></main></body></html>

            """));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("a & b &amp; 'c' \u0001 \uD800 | <!-- --> ]]>")]
    [TestCase("javascript:alert(1)")]
    [TestCase("https://evil.example/\" onmouseover=\"alert(1)")]
    [TestCase("</style></title><script>")]
    public void WordsOfOthersStayWords(string word)
    {
        var page = XDocument.Parse(new HtmlPage(Reports.Of(word), word, word, word, Good: false).ToHtml());
        var plain = XDocument.Parse(new HtmlPage(Reports.Of("word"), "word", "word", "word", Good: false).ToHtml());

        Assert.That(page.Root!.Value, Does.Contain(MarkupText.Clean(word)));
        Assert.That(page.Descendants().Select(element => element.Name), Is.EqualTo(plain.Descendants().Select(element => element.Name)));
        Assert.That(
            page.Descendants().Attributes().Select(attribute => attribute.Name), Is.EqualTo(plain.Descendants().Attributes().Select(attribute => attribute.Name)));
        Assert.That(page.Descendants(Xhtml + "a"), Is.Empty, "it is not a plain link");
    }

    [Test]
    public void NothingIsLoadedFromAnywhere()
    {
        var page = XDocument.Parse(new HtmlPage(Reports.Whole, "Tab", "Report", "The end.", Good: true).ToHtml());

        Assert.That(page.Descendants(Xhtml + "meta").Attributes("content").Select(content => content.Value), Has.Some.StartsWith("default-src 'none'"));
        Assert.That(page.Descendants(Xhtml + "style").Single().Value, Does.Contain("prefers-color-scheme: dark").And.Not.Contain("url(").And.Not.Contain("@import"));
        Assert.That(page.Descendants().Attributes("src").Select(source => source.Value), Is.All.StartsWith("data:image/svg+xml;base64,"));
    }
}
