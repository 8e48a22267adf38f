using System.Net;
using Slipway.Gateway.Page.SignIn;

namespace Slipway.Gateway.Tests.Page;

/// <summary>The page opens for whoever has its token, and for nobody else, wherever their browser comes from.</summary>
public class SignInScenarios
{
    private static readonly string[] Pages = ["/", "/rollout", "/models/pumps", "/models/pumps/report?version=1", "/prediction", "/playground", "/playground/pumps", "/tap", "/events", "/tap/events"];

    [TestCaseSource(nameof(Pages))]
    public async Task NoPageOpensWithoutTheToken(string path)
    {
        await using var page = await PageFixture.StartAsync();
        using var answer = await page.SendAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(text, Does.Contain("This page needs its token").And.Contain("--target=Status").And.Not.Contain(PageFixture.Token));
    }

    [Test]
    public async Task TheTokenBecomesASessionThatScriptsCannotRead()
    {
        await using var page = await PageFixture.StartAsync();
        using var answer = await page.SendAsync($"/models/pumps?token={PageFixture.Token}&compare=1");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=strict").IgnoreCase.And.Contain("path=/").And.Not.Contain(PageFixture.Token));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("0;url=/models/pumps?compare=1").And.Not.Contain(PageFixture.Token));
        await page.ReadAsync("/");
    }

    [TestCase("//evil.example/?token={0}")]
    [TestCase("/\\evil.example/?token={0}")]
    public async Task TheSignInLeadsNowhereElse(string path)
    {
        await using var page = await PageFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page.Gateway.Private.BaseAddress!, "/models/" + string.Format(null, path, PageFixture.Token)));
        using var answer = await page.Gateway.Private.SendAsync(request);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("url=//").And.Not.Contain("url=/\\"));
    }

    [TestCase("wrong")]
    [TestCase("")]
    [TestCase("0123456789abcdef0123456789abcdeg")]
    public async Task AWrongTokenSaysWhatToDo(string token)
    {
        await using var page = await PageFixture.StartAsync();
        using var answer = await page.SendAsync($"/?token={token}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("not the right one").And.Contain("--target=Status"));
    }

    [Test]
    public async Task ASessionExpiresAndSaysSo()
    {
        await using var page = await PageFixture.StartAsync();
        await page.ReadAsync("/");
        page.Gateway.Time.Advance(PageGuard.SessionLength + TimeSpan.FromSeconds(1));
        Assert.That(await page.ReadAsync("/", HttpStatusCode.Unauthorized), Does.Contain("Your session has expired").And.Contain("--target=Status"));
    }

    [Test]
    public async Task ASessionOfAnotherTokenIsOfNoUse()
    {
        await using var page = await PageFixture.StartAsync();
        using var answer = await page.SendAsync($"/?token={PageFixture.Token}");
        var name = answer.Headers.GetValues("Set-Cookie").Single().Split('=')[0];
        var forged = PageToken.Parse(new string('x', 32))!.Session(page.Gateway.Time.GetUtcNow().AddYears(1));
        using var refused = await page.SendAsync("/", cookie: $"{name}={forged}");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("no longer valid"));
    }

    [TestCase("evil.example")]
    [TestCase("127.0.0.1.evil.example")]
    public async Task AForeignNameIsRefusedEvenOnAListenerThatOthersReach(string host)
    {
        await using var page = await PageFixture.StartAsync(options => options with { PrivateUrl = new("http://0.0.0.0:0") });
        using var answer = await page.SendAsync($"/?token={PageFixture.Token}", host: host);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
        using var status = await page.SendAsync("/api/status", host: host);
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.OK), "as it was before there was a page");
    }

    [Test]
    public async Task WithoutATokenThereIsNoPageAndEverythingElseIsAsBefore()
    {
        await using var page = await PageFixture.StartAsync(options => options with { PageToken = null });
        using var answer = await page.SendAsync("/");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("SLIPWAY_PageToken"));
        foreach (var path in new[] { "/api/status", "/metrics", "/livez" })
        {
            using var other = await page.SendAsync(path);
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task NothingButReadingIsPossible(string method)
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        using var answer = await page.SendAsync("/", method: new(method));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD" }));
    }

    [Test]
    public async Task ABrowserMayDoNothingWithThePageButShowIt()
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        using var answer = await page.SendAsync("/");
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        Assert.That(headers["Content-Security-Policy"], Does.Contain("default-src 'none'").And.Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(headers["Referrer-Policy"], Is.EqualTo("no-referrer"));
        Assert.That(headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
        Assert.That(headers["Cache-Control"], Is.EqualTo("no-store"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Not.Match("<script(?! src=)").And.Not.Match(" style=").And.Not.Match(" on[a-z]+="));
    }

    [TestCase("", false)]
    [TestCase("0123456789abcdef0123456789abcde", false, Description = "31 characters")]
    [TestCase("0123456789abcdef0123456789abcdef", true)]
    [TestCase("0123456789abcdef 0123456789abcdef", false)]
    [TestCase("0123456789abcdef0123456789abcde\u00e9", false)]
    public void ATokenIsLongEnoughAndNeedsNoEscapes(string text, bool expected) => Assert.That(PageToken.Parse(text) is not null, Is.EqualTo(expected));

    [Test]
    public void ATokenIsNeverShown() => Assert.That($"{PageToken.Parse(PageFixture.Token)}", Does.Not.Contain("0123"));
}
