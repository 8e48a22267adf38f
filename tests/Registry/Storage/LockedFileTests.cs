using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public sealed class LockedFileTests
{
    [Test]
    public void SleepsBetweenTries()
    {
        var tries = 0;

        var succeeded = LockedFile.TryUntil(() => ++tries < 0, TimeSpan.FromMilliseconds(200));

        Assert.That(succeeded, Is.False);
        Assert.That(tries, Is.InRange(1, 60), "there is time for 20 pauses of 10 ms; spinning would try thousands of times");
    }

    [Test]
    public void GoesOnAsSoonAsATrySucceeds()
    {
        var tries = 0;

        Assert.That(LockedFile.TryUntil(() => ++tries == 3, TimeSpan.FromMinutes(5)), Is.True);
        Assert.That(tries, Is.EqualTo(3));
    }
}
