using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reproduction;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Reproduction;

public sealed class VersionReproductionTests
{
    [TestCase("unknown", true, "outside a git checkout")]
    [TestCase("HEAD --force", false, "'HEAD --force' in its lineage is not a commit")]
    [TestCase(RegisteredModel.Commit, true, "uncommitted changes on top of commit 0123")]
    public void CodeThatNobodyHasIsSaidAtOnce(string commit, bool dirty, string reason) =>
        Assert.That(
            () => VersionReproduction.RequireReproducible(RegisteredModel.From(new(commit, dirty))),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("'pumps' version 3 is not reproducible").And.Message.Contains(reason));

    [Test]
    public void ModelThatWasMadeElsewhereIsSaidAtOnce() =>
        Assert.That(
            () => VersionReproduction.RequireReproducible(
                RegisteredModel.Manifest with { Lineage = RegisteredModel.Manifest.Lineage with { Imported = new(new('1', 64), new('2', 64)) } }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("trained elsewhere"));

    [Test]
    public void CommitOfACleanTreeIsTried() =>
        Assert.That(() => VersionReproduction.RequireReproducible(RegisteredModel.Manifest), Throws.Nothing);

    [Test]
    public void InputThatIsGoneIsSaidBeforeAnythingIsBuiltAndNothingStays()
    {
        using var clone = new GitClone();
        using var folders = new LocalFolderFixture();
        using var output = new StringWriter();
        var environment = new LocalEnvironment(
            folders.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromMinutes(1))), LocalFolderFixture.NoEngine, new FakeTimeProvider());
        var cake = new RecordingCakeContext();
        var reproduction = new VersionReproduction(
            environment, clone.Paths, clone.Tool, new(cake), new PlainReport(output, new Outcome(), new FakeTimeProvider()));

        Assert.That(
            () => reproduction.RunAsync(RegisteredModel.From(new(clone.First, Dirty: false)), default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("is no longer in the store"));
        Assert.That(cake.CommandLines, Is.Empty);
        Assert.That(clone.Worktrees(), Has.Length.EqualTo(1));
        Assert.That(Directory.EnumerateFileSystemEntries(folders.Folders.Work), Is.Empty);
    }
}
