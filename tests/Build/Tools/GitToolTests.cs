using Slipway.Registry;

namespace Slipway.Build.Tests;

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
    public void KnowsNothingOutsideACheckout()
    {
        _cake.Answer(128, "");

        Assert.That(new GitTool(_cake, "/repo").Source(), Is.EqualTo(GitTool.Unknown));
    }

    [Test]
    public void DoesNotTakeTheCommitOfARepositoryAround()
    {
        _cake.Answer(0, "vendored/slipway/", Commit);

        Assert.That(new GitTool(_cake, "/repo").Source(), Is.EqualTo(GitTool.Unknown));
    }
}
