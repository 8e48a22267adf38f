using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Tests.Cli.GitHub;

public sealed class WorkflowJobTests
{
    private JobFixture _fixture = null!;

    [SetUp]
    public void Begin() => _fixture = new();

    [TearDown]
    public void End() => _fixture.Dispose();

    [Test]
    public void GivesNoMoreRemarksOfALevelThanGitHubShows()
    {
        for (var at = 0; at < 30; at++)
            _fixture.Job.Annotate(new(AnnotationLevel.Error, $"error {at}"));
        _fixture.Job.Annotate(new(AnnotationLevel.Warning, "warning"));
        _fixture.Job.End(new(AnnotationLevel.Error, "30 errors", "Test"));

        Assert.That(_fixture.Orders.Count(order => order.StartsWith("::error", StringComparison.Ordinal)), Is.EqualTo(10));
        Assert.That(_fixture.Orders[^2], Is.EqualTo("::error title=More::22 more like these: the summary and the log list them all."));
        Assert.That(_fixture.Orders[^1], Is.EqualTo("::error title=Test::30 errors"), "the result is never omitted");
    }

    [Test]
    public void CountsNothingWhereAllWereShown()
    {
        for (var at = 0; at < 8; at++)
            _fixture.Job.Annotate(new(AnnotationLevel.Warning, $"warning {at}"));
        _fixture.Job.End(failure: null);

        Assert.That(_fixture.Orders, Has.Count.EqualTo(8));
    }

    [Test]
    public void AMessageOfOthersGivesNoOrderOfItsOwn()
    {
        _fixture.Job.Annotate(new(AnnotationLevel.Error, "a\n::add-mask::b\r%0A", "t,line=1::x", "a:b,c.cs", 3));

        Assert.That(_fixture.Orders.Single(), Is.EqualTo("::error file=a%3Ab%2Cc.cs,line=3,title=t%2Cline=1%3A%3Ax::a%0A::add-mask::b%0D%250A"));
    }

    [Test]
    public void AVeryLongMessageIsCut()
    {
        _fixture.Job.Annotate(new(AnnotationLevel.Error, new string('x', 100_000), new string('t', 1000)));

        Assert.That(_fixture.Orders.Single(), Has.Length.LessThan(5000));
    }

    [Test]
    public void AValueCannotAddAnother()
    {
        _fixture.Job.Output("tag", "1.0\nother=x\nEOF");

        var lines = _fixture.Output.Split('\n');
        Assert.That(lines[0], Does.StartWith("tag<<end-"));
        Assert.That(lines[^2], Is.EqualTo(lines[0]["tag<<".Length..]));
        Assert.That(lines[1..^2], Is.EqualTo(new[] { "1.0", "other=x", "EOF" }));
    }

    [Test]
    public void ASummaryThatGitHubWouldDropIsNotWritten()
    {
        _fixture.Job.Summarize(["short"]);
        _fixture.Job.Summarize([new string('x', 1024 * 1024)]);
        _fixture.Job.Summarize(["short again"]);

        Assert.That(_fixture.Summary, Is.EqualTo("short\n\nshort again\n\n"));
    }

    [Test]
    public void OutsideOfAWorkflowNothingIsWritten()
    {
        using var none = new JobFixture(running: false);
        none.Job.Summarize(["x"]);
        none.Job.Output("a", "b");
        none.Job.Annotate(new(AnnotationLevel.Error, "x"));
        none.Job.End(new(AnnotationLevel.Error, "x"));

        Assert.That(none.Orders, Is.Empty);
        Assert.That(none.Summary + none.Output, Is.Empty);
    }
}
