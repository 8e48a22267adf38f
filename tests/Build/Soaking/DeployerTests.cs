using Slipway.Soak.Deployers;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Soaking;

public sealed class DeployerTests
{
    private static readonly DeployerAnswer Winner = new("release-1", Won: true, "");
    private static readonly DeployerAnswer Loser = new("release-2", Won: false, "Rollout r1 is running. Until it has ended, nothing else is rolled out.");

    [Test]
    public async Task TheSecondOfTwoRequestsLoses()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            await using var answers = new StringWriter();
            await DeployerProgram.RunAsync(folder, ignoresConditions: false, new StringReader("pair-1 release-1\npair-1 release-2\n"), answers);
            DeployerAnswer[] pair = [.. answers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => DeployerAnswer.Of(line))];

            Assert.That(DeployerAnswer.IsOneWinner(pair, await DeployerProgram.RequestedAsync(folder, "pair-1", TimeProvider.System, default)), Is.True);
            Assert.That(DeployerAnswer.IsOneWinner(pair, "release-2"), Is.False, "the store must hold the winner's");
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }

    [Test]
    public void TwoWinnersNoneOrALoserWhoIsNotTold()
    {
        Assert.That(DeployerAnswer.IsOneWinner([Winner, Loser], "release-1"), Is.True);
        Assert.That(DeployerAnswer.IsOneWinner([Winner, Winner with { Release = "release-2" }], "release-2"), Is.False);
        Assert.That(DeployerAnswer.IsOneWinner([Loser, Loser], "release-1"), Is.False);
        Assert.That(DeployerAnswer.IsOneWinner([Winner, Loser with { Message = "412" }], "release-1"), Is.False);
    }

    [Test]
    public void AnAnswerArrivesAsItWasSent()
    {
        Assert.That(DeployerAnswer.Of(Loser.ToLine()), Is.EqualTo(Loser));
        Assert.That(DeployerAnswer.Of(Winner.ToLine()), Is.EqualTo(Winner));
        Assert.That(() => DeployerAnswer.Of("Unhandled exception."), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => DeployerAnswer.Of(null), Throws.InstanceOf<InvalidDataException>());
    }

    [TestCase(0, 1)]
    [TestCase(1, 8)]
    [TestCase(2, 64)]
    [TestCase(4, 500)]
    [TestCase(5, 1000)]
    public void ArchivesAreCutAtTheirTrailerInTheMiddleAndCompletely(int number, int missing) =>
        Assert.That(CorruptedArchives.Cut(number, 1000, new Random(1)), Is.EqualTo(missing));
}
