using Slipway.Build.Cli;

namespace Slipway.Build.Tests.Cli;

public sealed class BuildIdentityTests
{
    private static readonly string[] Cake = ["Cake.Frosting", "Cake.Docker"];

    [Test]
    public void SaysThatAllPackagesAreOfficial() =>
        Assert.That(BuildIdentity.Of("7.0.0", null, [], null), Is.EqualTo("Slipway build on Cake 7.0.0, official packages"));

    [Test]
    public void NamesTheStandIns() =>
        Assert.That(BuildIdentity.Of("7.0.0", null, Cake, null), Is.EqualTo("Slipway build on Cake 7.0.0, stand-ins for Cake.Frosting, Cake.Docker"));

    [Test]
    public void SaysWhatItInsistsOnAndWhatItTookForTheRest() => Assert.That(
        BuildIdentity.Of("7.0.0", "none", Cake, null), Is.EqualTo("Slipway build on Cake 7.0.0, official AWS packages (StandIns=none), stand-ins for Cake.Frosting, Cake.Docker"));

    [Test]
    public void ReportsVersionsThatTheFeedLacks() => Assert.That(
        BuildIdentity.Of("7.0.0", null, [], "AWSSDK.ECS 4.0.21 instead of 4.0.20").Split(Environment.NewLine),
        Is.EqualTo(new[] { "Slipway build on Cake 7.0.0, official packages", "The package feed lacks pinned versions; these are used instead: AWSSDK.ECS 4.0.21 instead of 4.0.20" }));
}
