using Slipway.Registry;

namespace Slipway.Build.Tests;

public sealed class EnvironmentLockTests
{
    [Test]
    public void SecondIsTurnedAwayWithTheNameOfTheFirst()
    {
        using var fixture = new LocalFolderFixture();
        using var first = EnvironmentLock.Take(fixture.Folders, "Deploy", TimeProvider.System);

        Assert.That(
            () => EnvironmentLock.Take(fixture.Folders, "Train", TimeProvider.System),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Deploy, process "));
    }

    [Test]
    public void NextGetsItWhenTheFirstHasEnded()
    {
        using var fixture = new LocalFolderFixture();
        EnvironmentLock.Take(fixture.Folders, "Deploy", TimeProvider.System).Dispose();

        Assert.That(() => EnvironmentLock.Take(fixture.Folders, "Train", TimeProvider.System).Dispose(), Throws.Nothing);
    }

    [Test]
    public void EnvironmentsDoNotKeepEachOtherWaiting()
    {
        using var one = new LocalFolderFixture();
        using var other = new LocalFolderFixture();
        using var held = EnvironmentLock.Take(one.Folders, "Deploy", TimeProvider.System);

        Assert.That(() => EnvironmentLock.Take(other.Folders, "Deploy", TimeProvider.System).Dispose(), Throws.Nothing);
    }
}
