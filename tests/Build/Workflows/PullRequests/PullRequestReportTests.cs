using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tests.Cli.GitHub;
using Slipway.Build.Workflows.PullRequests;
using Slipway.Registry;

namespace Slipway.Build.Tests.Workflows.PullRequests;

public sealed class PullRequestReportTests
{
    private const string OfThisRepository = """
        {"pull_request":{"number":7,"head":{"repo":{"full_name":"acme/slipway"}},"base":{"repo":{"full_name":"acme/slipway"}},"user":{"login":"ann"}}}
        """;

    private const string OfAFork = """
        {"pull_request":{"number":7,"head":{"repo":{"full_name":"ben/slipway"}},"base":{"repo":{"full_name":"acme/slipway"}},"user":{"login":"ben"}}}
        """;

    private const string OfDependabot = """
        {"pull_request":{"number":7,"head":{"repo":{"full_name":"acme/slipway"}},"base":{"repo":{"full_name":"acme/slipway"}},"user":{"login":"dependabot[bot]"}}}
        """;

    private const string Marker = "<!-- slipway:gates/summary.md -->";

    private FakeGitHub _github = null!;
    private JobFixture _job = null!;
    private StringWriter _output = null!;
    private Dictionary<string, string> _variables = null!;
    private string _event = "";

    [SetUp]
    public void Begin()
    {
        (_github, _job, _output, _event) = (new(), new(), new() { NewLine = "\n" }, Path.GetTempFileName());
        _variables = new()
        {
            [EnvironmentVariables.GitHubApi] = _github.Address,
            [EnvironmentVariables.GitHubRepository] = FakeGitHub.Repository,
            [EnvironmentVariables.GitHubToken] = FakeGitHub.Token,
            [EnvironmentVariables.GitHubEvent] = _event,
            [EnvironmentVariables.GitHubServer] = "https://github.example",
            [EnvironmentVariables.GitHubRun] = "42",
        };
        StartedBy(OfThisRepository);
    }

    [TearDown]
    public async Task End()
    {
        Assert.That(_output.ToString(), Does.Not.Contain(FakeGitHub.Token), "a token is never shown");
        await _github.DisposeAsync();
        _job.Dispose();
        _output.Dispose();
        File.Delete(_event);
    }

    [Test]
    public async Task WritesOneCommentAndThenChangesIt()
    {
        _github.Add("ann", "first!");
        await Comment("one");
        await Comment("two");

        Assert.That(_github.Comments.Select(comment => comment.Body), Is.EqualTo(new[] { "first!", $"{Marker}\ntwo" }));
        Assert.That(_github.Comments[1].User, Is.EqualTo(PullRequestComment.WorkflowUser));
    }

    [Test]
    public async Task LeavesACommentThatSaysSoAlready()
    {
        await Comment("one\r\nline");
        await Comment("one\nline\n");

        Assert.That(_github.Writes.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task FindsItsCommentOnALaterPage()
    {
        _github.PageSize = 2;
        foreach (var body in new[] { "a", "b", "c", "d" })
            _github.Add("ann", body);
        _github.Add(PullRequestComment.WorkflowUser, $"{Marker}\nold");

        await Comment("new");

        Assert.That(_github.Comments.Select(comment => comment.Body), Is.EqualTo(new[] { "a", "b", "c", "d", $"{Marker}\nnew" }));
    }

    [Test]
    public async Task NeverChangesWhatOthersWrote()
    {
        _github.Add("mallory", $"{Marker}\nmine");
        _github.Add(PullRequestComment.WorkflowUser, $"> {Marker}\nquoted");
        _github.Add(PullRequestComment.WorkflowUser, "<!-- slipway:benchmark.md -->\nanother of ours");

        await Comment("new");

        Assert.That(_github.Comments, Has.Count.EqualTo(4));
        Assert.That(_github.Writes.Single(), Does.StartWith("POST"));
    }

    [Test]
    public async Task KnowsTheCommentsOfAPersonByThePersonsName()
    {
        _github.User = "ann";
        _github.Add("ann", $"{Marker}\nold");

        await Comment("new");

        Assert.That(_github.Comments.Single().Body, Is.EqualTo($"{Marker}\nnew"));
    }

    [Test]
    public void LooksThroughNoEndlessConversation()
    {
        _github.PageSize = 1;
        for (var at = 0; at < 40; at++)
            _github.Add("ann", "x");

        Assert.That(() => Comment("new"), Throws.TypeOf<SlipwayException>().With.Message.Contains("comments that are searched"));
        Assert.That(_github.Writes, Is.Empty);
    }

    [Test]
    public void SendsTheTokenNowhereElse()
    {
        (_github.PageSize, _github.NextPage) = (1, "http://localhost:9/elsewhere");
        _github.Add("ann", "x");
        _github.Add("ann", "y");

        Assert.That(() => Comment("new"), Throws.TypeOf<SlipwayException>().With.Message.Contains("must not get the token"));
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(429)]
    [TestCase(403)]
    public async Task AsksAgainWhenItIsToldTo(int status)
    {
        var times = 0;
        _github.Fault = request => request.Url!.AbsolutePath != "/user" && times++ < 2
            ? FakeGitHub.No(status, "not now") with { Headers = new() { ["Retry-After"] = "0" } }
            : null;

        await Comment("one");

        Assert.That(_github.Comments, Has.Count.EqualTo(1));
        Assert.That(_output.ToString(), Does.Contain("not now. Retrying in 0.0 s."));
    }

    [Test]
    public async Task WhatWasWrittenWithoutAnAnswerIsNotWrittenTwice()
    {
        var times = 0;
        _github.LateFault = request => request.HttpMethod == "POST" && times++ == 0
            ? FakeGitHub.No(502, "bad gateway") with { Headers = new() { ["Retry-After"] = "0" } }
            : null;

        await Comment("one");

        Assert.That(_github.Comments.Single().Body, Is.EqualTo($"{Marker}\none"));
    }

    [Test]
    public void DoesNotAskForEver()
    {
        _github.Fault = _ => FakeGitHub.No(503, "down") with { Headers = new() { ["Retry-After"] = "0" } };

        Assert.That(() => Comment("one"), Throws.TypeOf<GitHubException>().With.Message.Contains("503").And.Message.Contains("down"));
        Assert.That(_github.Requests, Has.Count.EqualTo(5));
    }

    [Test]
    public void WaitsNoLongerThanAJobShould()
    {
        _github.Fault = _ => FakeGitHub.No(429, "slow down") with { Headers = new() { ["Retry-After"] = "3600" } };

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("60 min 0 s").And.Message.Contains("again later"));
    }

    [Test]
    public void SaysWhichRightIsMissing()
    {
        _github.Fault = request => request.HttpMethod == "POST" ? FakeGitHub.No(403, "Resource not accessible by integration") : null;

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("pull-requests: write"));
    }

    [TestCase(OfAFork)]
    [TestCase(OfDependabot)]
    [TestCase("""{"pull_request":{"number":7,"head":{"repo":null},"base":{"repo":{"full_name":"acme/slipway"}}}}""")]
    public async Task AForkThatMayNotCommentIsNoFailure(string started)
    {
        StartedBy(started);
        _github.Fault = request => request.HttpMethod == "POST" ? FakeGitHub.No(403, "Resource not accessible by integration") : null;

        await Comment("one");

        Assert.That(_job.Orders.Single(), Does.StartWith("::notice title=No comment::").And.Contain("fork"));
    }

    [TestCase("""{"merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-7"}}""")]
    [TestCase("{}")]
    public async Task WhatIsAboutNoPullRequestIsNotCommented(string started)
    {
        StartedBy(started);
        _variables.Remove(EnvironmentVariables.GitHubToken);

        await Comment("one");

        Assert.That(_output.ToString(), Does.Contain("has no pull request to comment on"));
        Assert.That(_github.Requests, Is.Empty);
    }

    [Test]
    public void ATokenThatIsNotTakenIsNotShown()
    {
        _variables[EnvironmentVariables.GitHubToken] = "ghp_other";

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("has expired").And.Message.Not.Contains("ghp_other"));
    }

    [TestCase("two\nlines")]
    [TestCase("ü")]
    public void WhatIsNoTokenIsNotShown(string token)
    {
        _variables[EnvironmentVariables.GitHubToken] = token;

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("is not a token").And.Message.Not.Contains(token));
    }

    [TestCase(EnvironmentVariables.GitHubToken, "github.token")]
    [TestCase(EnvironmentVariables.GitHubEvent, "not a workflow run")]
    [TestCase(EnvironmentVariables.GitHubRepository, "owner/name")]
    public void SaysWhatIsMissing(string variable, string what)
    {
        _variables.Remove(variable);

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains(variable).And.Message.Contains(what));
    }

    [TestCase("http://github.example")]
    [TestCase("ftp://127.0.0.1")]
    [TestCase("nowhere")]
    public void SendsNoTokenWhereOthersReadIt(string api)
    {
        _variables[EnvironmentVariables.GitHubApi] = api;

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("https://"));
    }

    [Test]
    public void ADamagedEventIsNamed()
    {
        StartedBy("{");

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains(_event));
    }

    [Test]
    public void WhatIsNotGitHubIsSaidToBeNot()
    {
        _github.Fault = _ => new FakeAnswer(200, "<html>"u8.ToArray());

        Assert.That(() => Comment("one"), Throws.TypeOf<SlipwayException>().With.Message.Contains("is not from GitHub's API"));
    }

    private void StartedBy(string json) => File.WriteAllText(_event, json);

    private Task Comment(string markdown) => new PullRequestReport(
            _variables.GetValueOrDefault, _job.Job, new PlainReport(_output, new(), TimeProvider.System), TimeProvider.System)
        .CommentAsync("gates/summary.md", markdown, CancellationToken.None);
}
