using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Build.Tests.Tools;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Workflows.Changes;

/// <summary>With a real git, whose list of changes is the table's input.</summary>
public sealed class ChangedSinceTests
{
    private GitClone _clone = null!;

    [SetUp]
    public void Clone() => _clone = new();

    [TearDown]
    public void Remove() => _clone.Dispose();

    [Test]
    public void CountsWhatIsCommittedChangedAndNew()
    {
        _clone.Git("checkout", "--quiet", "-b", "mine");
        Write("committed.cs");
        _clone.Git("add", "committed.cs");
        _clone.Git("commit", "--quiet", "-m", "mine");
        Write("new file ä.cs");

        Assert.That(_clone.Tool.ChangedSince("main"), Is.EqualTo(new[] { "committed.cs", "new file ä.cs", "trainer.txt" }));
    }

    [Test]
    public void DoesNotCountWhatOnlyTheOtherBranchChanged()
    {
        _clone.Git("checkout", "--quiet", "--force", "-b", "mine", _clone.First);

        Assert.That(_clone.Tool.ChangedSince("main"), Is.Empty);
    }

    [Test]
    public void RenamedFileIsThereByBothNames()
    {
        _clone.Git("mv", "--force", "trainer.txt", "renamed.txt");

        Assert.That(_clone.Tool.ChangedSince(_clone.Second), Is.EqualTo(new[] { "renamed.txt", "trainer.txt" }));
    }

    [Test]
    public void BranchOfTheRemoteWillDo()
    {
        _clone.Git("update-ref", "refs/remotes/origin/release", _clone.First);

        Assert.That(_clone.Tool.ChangedSince("release"), Is.EqualTo(new[] { "trainer.txt" }));
    }

    [Test]
    public void UnknownBranchIsASentenceWithTheWayOut() =>
        Assert.That(
            () => _clone.Tool.ChangedSince("no-such-branch"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'no-such-branch'").And.Message.Contains("fetch-depth: 0"));

    [Test]
    public void ShallowCloneIsASentenceWithTheWayOut()
    {
        var shallow = _clone.Beside("shallow");
        _clone.Git("checkout", "--quiet", "--force", "-b", "mine", _clone.First);
        _clone.Git("commit", "--quiet", "--allow-empty", "-m", "mine");
        _clone.Git("clone", "--quiet", "--depth=1", "--no-single-branch", $"file://{_clone.Root}", shallow);

        Assert.That(
            () => new GitTool(new StartingCakeContext(), shallow).ChangedSince("main"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("does not reach back").And.Message.Contains("fetch-depth: 0"));
    }

    private void Write(string file) => File.WriteAllText(_clone.At(file), file);
}
