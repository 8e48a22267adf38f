using Slipway.Gateway.Monitoring;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Gateway.Tests.Monitoring;

public class DriftWindowsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [TestCase("00:00:02", "00:00:03")]
    [TestCase("00:05:00", "00:00:10")]
    [TestCase("01:00:00", "00:02:00")]
    [TestCase("1.00:00:00", "00:02:00")]
    public void WaitsForTheLastCounts(string length, string grace) => Assert.That(DriftWindows.GraceOf(Span(length)), Is.EqualTo(Span(grace)));

    [TestCase("10:00:00", "10:02:00")]
    [TestCase("10:02:00", "11:02:00")]
    [TestCase("10:59:00", "11:02:00")]
    public void LooksAgainWhenAWindowCanBeComplete(string now, string next) =>
        Assert.That(DriftWindows.NextComplete(TimeSpan.FromHours(1), At.Date + Span(now)), Is.EqualTo((DateTimeOffset)At.Date + Span(next)));

    [Test]
    public void KnowsTheWindowOfAKey()
    {
        Assert.That(DriftWindows.StartOf(StoreKeys.DriftWindow("m", At, 3, "blue-1")), Is.EqualTo(At));
        Assert.That(DriftWindows.StartOf("monitoring/m/windows/soon/3.blue-1.json"), Is.Null);
        Assert.That(DriftWindows.StartOf("monitoring/m/windows/20261130T100000"), Is.Null);
    }

    [Test]
    public void AddsWhatFitsAndKeepsOneOfEachVersion()
    {
        var added = DriftWindows.Added([Window(1, 5, "a"), Window(1, 7, "b"), Window(2, 4, "a"), Window(1, 9, "c", bins: 3), Window(1, 1, "d")]);

        Assert.That(added.Select(window => (window.Version, window.Rows, string.Join(' ', window.Replicas))), Is.EqualTo(new[] { (1, 13L, "a b d"), (2, 4L, "a") }));
    }

    [TestCase("00:00:00", false)]
    [TestCase("2.00:00:00", false)]
    [TestCase("00:07:00", false)]
    [TestCase("01:00:00", true)]
    public void KnowsWhatCanBeAWindow(string length, bool isOne) => Assert.That(DriftWindows.IsOne(Window(1, 5, "a") with { Length = Span(length) }), Is.EqualTo(isOne));

    private static DriftWindow Window(int version, long rows, string replica, int bins = 2) => new(
        "m", version, "0a", At, TimeSpan.FromHours(1), [replica], rows, 0, [new("x", [rows, .. new long[bins - 1]], 0, 0, 0, 1, 2, 0)], null, At);

    private static TimeSpan Span(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
