using Slipway.Build.Environments.Reproduction;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Reproduction;

public sealed class TrainerCheckoutTests
{
    private GitClone _clone = null!;

    [SetUp]
    public void MakeAClone() => _clone = new();

    [TearDown]
    public void DeleteIt() => _clone.Dispose();

    private string Folder => _clone.Beside("a checkout");
    private string Tree => Path.Combine(Folder, "tree");

    [Test]
    public void IsTheCommitThatIsAskedForAndLeavesTheTreeAsItIs()
    {
        using (TrainerCheckout.Add(_clone.Tool, _clone.Paths, _clone.First, Folder))
            Assert.That(File.ReadAllText(Path.Combine(Tree, "trainer.txt")), Is.EqualTo("first"));

        Assert.That(File.ReadAllText(_clone.At("trainer.txt")), Is.EqualTo("not committed"));
        Assert.That(_clone.Git("rev-parse", "--abbrev-ref", "HEAD"), Is.EqualTo("main"));
        Assert.That(_clone.Git("rev-parse", "HEAD"), Is.EqualTo(_clone.Second));
    }

    [Test]
    public void IsGoneWithAllThatWasBuiltInIt()
    {
        using (TrainerCheckout.Add(_clone.Tool, _clone.Paths, _clone.First, Folder))
        {
            Directory.CreateDirectory(Path.Combine(Tree, "obj"));
            File.WriteAllText(Path.Combine(Tree, "obj", "built.txt"), "");
            Assert.That(_clone.Worktrees(), Has.Length.EqualTo(2));
        }

        Assert.That(Tree, Does.Not.Exist);
        Assert.That(_clone.Worktrees(), Has.Length.EqualTo(1));
    }

    [Test]
    public void IsForgottenWhenSomebodyRemovedItMeanwhile()
    {
        using (TrainerCheckout.Add(_clone.Tool, _clone.Paths, _clone.First, Folder))
        {
            TestFolder.Remove(Tree);
            _clone.Git("worktree", "prune");
        }

        Assert.That(_clone.Worktrees(), Has.Length.EqualTo(1));
    }

    [Test]
    public void LeavesNothingWhenItCannotBeAdded()
    {
        Assert.That(
            () => TrainerCheckout.Add(_clone.Tool, _clone.Paths, new('0', 40), Folder),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("could not check out"));
        Assert.That(Tree, Does.Not.Exist);
        Assert.That(_clone.Worktrees(), Has.Length.EqualTo(1));
    }

    [Test]
    public void TakesWhatTheFeedSaidAlong()
    {
        Directory.CreateDirectory(_clone.At("obj"));
        File.WriteAllText(_clone.Paths.StandInsAnswer, "<Project />");

        using (TrainerCheckout.Add(_clone.Tool, _clone.Paths, _clone.First, Folder))
            Assert.That(File.ReadAllText(Path.Combine(Tree, "obj", "standins.props")), Is.EqualTo("<Project />"));
    }

    [Test]
    public void RunsNoHookOfTheClone()
    {
        var hook = _clone.At(".git", "hooks", "post-checkout");
        File.WriteAllText(hook, $"#!/bin/sh\ntouch '{_clone.Beside("ran")}'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        TrainerCheckout.Add(_clone.Tool, _clone.Paths, _clone.First, Folder).Dispose();

        Assert.That(_clone.Beside("ran"), Does.Not.Exist);
    }

    [Test]
    public void KnowsACommitThatTheCloneHas() =>
        Assert.That(() => TrainerCheckout.Require(_clone.Tool, _clone.Paths, _clone.First, "/home"), Throws.Nothing);

    [Test]
    public void SaysHowToGetACommitThatTheCloneLacks() =>
        Assert.That(
            () => TrainerCheckout.Require(_clone.Tool, _clone.Paths, new('0', 40), "/home"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("does not have commit 0000").And.Message.Contains("git fetch"));

    [Test]
    public void SaysThatAFolderIsNoCheckout()
    {
        var folder = _clone.Beside("unpacked");
        Directory.CreateDirectory(folder);

        Assert.That(
            () => TrainerCheckout.Require(new(new StartingCakeContext(), folder), new(folder, folder), _clone.First, "/home"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("is not a git checkout").And.Message.Contains("SLIPWAY_HOME=/home"));
    }
}
