using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Fleets;

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

    [Test]
    public async Task PatientCommandGetsItWhenTheOtherHasEndedAndHearsWhichItWas()
    {
        using var fixture = new LocalFolderFixture();
        var first = EnvironmentLock.Take(fixture.Folders, "Train", TimeProvider.System);
        var heard = new List<string>();
        var waiting = EnvironmentLock.WaitForAsync(fixture.Folders, "Watch", TimeSpan.FromMinutes(1), heard.Add, TimeProvider.System, default);
        Assert.That(waiting.IsCompleted, Is.False);

        first.Dispose();
        using var taken = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(taken, Is.Not.Null);
        Assert.That(heard.Single(), Does.StartWith("Train, process "));
    }

    [Test]
    public async Task PatienceHasAnEnd()
    {
        using var fixture = new LocalFolderFixture();
        using var first = EnvironmentLock.Take(fixture.Folders, "Train", TimeProvider.System);

        Assert.That(
            await EnvironmentLock.WaitForAsync(fixture.Folders, "Watch", TimeSpan.Zero, _ => { }, TimeProvider.System, default), Is.Null);
    }

    [Test]
    public void SecondWatcherIsTurnedAwayAndOtherCommandsAreNot()
    {
        using var fixture = new LocalFolderFixture();
        using var watcher = EnvironmentLock.TakeWatch(fixture.Folders, TimeProvider.System);

        Assert.That(
            () => EnvironmentLock.TakeWatch(fixture.Folders, TimeProvider.System),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("already being watched: Watch, process "));
        Assert.That(() => EnvironmentLock.Take(fixture.Folders, "Train", TimeProvider.System).Dispose(), Throws.Nothing);
    }
}
