using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Tests.Tools;

public sealed class GitToolTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private RecordingCakeContext _cake = new();

    [SetUp]
    public void StartFresh() => _cake = new RecordingCakeContext();

    [Test]
    public void NamesTheCommitOfACleanTree()
    {
        _cake.Answer(0, "", Commit);
        _cake.Answer(0);

        Assert.That(new GitTool(_cake, "/a repo").Source(), Is.EqualTo(new SourceReference(Commit, Dirty: false)));
        Assert.That(_cake.CommandLines, Is.EqualTo(new[]
        {
            "git -C \"/a repo\" rev-parse --show-prefix HEAD",
            "git -C \"/a repo\" status --porcelain",
        }));
    }

    [Test]
    public void SaysThatATreeWithChangesIsDirty()
    {
        _cake.Answer(0, "", Commit);
        _cake.Answer(0, "?? new.cs");

        Assert.That(new GitTool(_cake, "/repo").Source(), Is.EqualTo(new SourceReference(Commit, Dirty: true)));
    }

    [Test]
    public void ShowsWhyGitRefusesACheckoutOfSomebodyElse()
    {
        _cake.Answer(128, "fatal: detected dubious ownership in repository at '/repo'", "git config --global --add safe.directory /repo");

        Assert.That(new GitTool(_cake, "/repo").Refusal, Does.Contain("dubious ownership").And.Contain("safe.directory"));
    }

    [Test]
    public void BlamesNoHistoryThatGitRefusesToRead()
    {
        for (var i = 0; i < 3; i++)
            _cake.Answer(128, "fatal: detected dubious ownership in repository at '/repo'", "git config --global --add safe.directory /repo");

        Assert.That(
            () => new GitTool(_cake, "/repo").ChangedSince("main"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'main'").And.Message.Contains("safe.directory").And.Message.Not.Contains("fetch-depth"));
    }

    [Test]
    public void KnowsNothingOutsideACheckout()
    {
        _cake.Answer(128, "");

        Assert.That(new GitTool(_cake, "/repo").Source(), Is.EqualTo(GitTool.Unknown));
    }

    [Test]
    public void AsksWhetherTheCloneHasACommit()
    {
        _cake.Answer(0);
        _cake.Answer(128);

        Assert.That(new GitTool(_cake, "/repo").Has(Commit), Is.True);
        Assert.That(new GitTool(_cake, "/repo").Has(Commit), Is.False);
        Assert.That(_cake.CommandLines, Is.All.EqualTo($"git -C \"/repo\" cat-file -e {Commit}^{{commit}}"));
    }

    [Test]
    public void ChecksACommitOutWithoutHooks()
    {
        new GitTool(_cake, "/repo").AddWorktree("/a folder/tree", Commit);

        Assert.That(_cake.CommandLines, Is.EqualTo(new[]
        {
            $"git -C \"/repo\" -c core.hooksPath=/dev/null worktree add --detach --quiet \"/a folder/tree\" {Commit}",
        }));
    }

    [Test]
    public void SaysWhyACommitWasNotCheckedOut()
    {
        _cake.Answer(128, "fatal: no space");

        Assert.That(
            () => new GitTool(_cake, "/repo").AddWorktree("/tree", Commit),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo($"git could not check out {Commit} in '/tree': fatal: no space"));
    }

    [Test]
    public void RemovesAWorktreeWithWhatWasBuiltInIt()
    {
        new GitTool(_cake, "/repo").RemoveWorktree("/a folder/tree");

        Assert.That(_cake.CommandLines, Is.EqualTo(new[] { "git -C \"/repo\" worktree remove --force --force \"/a folder/tree\"" }));
    }

    [Test]
    public void ForgetsAWorktreeThatIsGone()
    {
        _cake.Answer(128);

        new GitTool(_cake, "/repo").RemoveWorktree("/no/such/tree");

        Assert.That(_cake.CommandLines[^1], Is.EqualTo("git -C \"/repo\" worktree prune"));
    }

    [Test]
    public void DoesNotTakeTheCommitOfARepositoryAround()
    {
        _cake.Answer(0, "vendored/slipway/", Commit);

        Assert.That(new GitTool(_cake, "/repo").Source(), Is.EqualTo(GitTool.Unknown));
    }
}
