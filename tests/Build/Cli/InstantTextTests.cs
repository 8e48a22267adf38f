using Slipway.Build.Cli;

namespace Slipway.Build.Tests.Cli;

public sealed class InstantTextTests
{
    [TestCase("2026-11-23", "2026-11-23T00:00:00Z")]
    [TestCase("2026-11-23T10:00", "2026-11-23T10:00:00Z")]
    [TestCase("2026-11-23T10:00Z", "2026-11-23T10:00:00Z")]
    [TestCase("2026-11-23T10:00:30", "2026-11-23T10:00:30Z")]
    [TestCase("2026-11-23T10:00:30Z", "2026-11-23T10:00:30Z")]
    [TestCase("2026-11-23T10:00:30+01:00", "2026-11-23T09:00:30Z")]
    [TestCase("2026-11-23T10:00:30.25Z", "2026-11-23T10:00:30.25Z")]
    [TestCase("2026-11-23 10:00", "2026-11-23T10:00:00Z")]
    [TestCase("2026-11-23 10:00:30Z", "2026-11-23T10:00:30Z")]
    public void UnderstandsATime(string typed, string expected)
    {
        Assert.That(InstantText.TryParse(typed, out var instant), Is.True);
        Assert.That(instant, Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestCase("")]
    [TestCase("yesterday")]
    [TestCase("10:00")]
    [TestCase("23.11.2026")]
    [TestCase("11/23/2026")]
    [TestCase("2026-13-01")]
    [TestCase("2026-02-30T10:00")]
    [TestCase("2026-11-23T25:00")]
    public void GuessesNothing(string typed) => Assert.That(InstantText.TryParse(typed, out _), Is.False);
}
