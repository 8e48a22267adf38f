using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Automation.Tests.Monitoring;

public sealed class QualityMonitoringTests
{
    [Test]
    public async Task ReportsQualityByVersionAndDayWithCoverageDelayAndEstimate()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f), (2, 0.8f), (3, 0.3f), (4, 0.1f)]);
        await model.LabelAsync([(1, 1), (2, 0), (3, 0)]);

        var report = await model.JoinAsync();

        Assert.That(report.Versions.Select(one => (one.Version, one.Day)), Is.EqualTo(new (int, DateOnly?)[] { (1, null), (1, new(2026, 1, 2)) }));
        var day = report.Versions[1];
        Assert.That((day.Predictions, day.Labels, day.Coverage), Is.EqualTo((4L, 3L, 0.75)));
        Assert.That(day.Metrics["accuracy"].Value, Is.EqualTo(2 / 3.0).Within(1e-12));
        Assert.That(day.Estimate["accuracy"], Is.EqualTo((0.9 + 0.8 + 0.7 + 0.9) / 4).Within(1e-6));
        Assert.That(day.Delay!.Median, Is.EqualTo(TimeSpan.FromHours(2)).Within(TimeSpan.FromHours(0.5)));
        Assert.That((report.Feedback.Received, report.Feedback.Joined), Is.EqualTo((3L, 3L)));
        Assert.That(report.Lost, Is.Empty);
    }

    [Test]
    public async Task ChangesNothingHoweverOftenLabelsAreSentAndJoined()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f), (2, 0.2f)]);
        await model.LabelAsync([(1, 1), (2, 1)]);
        var once = await model.JoinAsync();
        await model.LabelAsync([(1, 1), (2, 1), (1, 1)]); // another server
        await model.LogAsync([(1, 0.9f)]); // stored twice

        var again = await model.JoinAsync();

        Assert.That(again.Versions[1].Metrics, Is.EqualTo(once.Versions[1].Metrics));
        Assert.That((again.Versions[1].Predictions, again.Versions[1].Labels), Is.EqualTo((2L, 2L)));
        Assert.That(again.Feedback, Is.EqualTo(new FeedbackCounts(5, 2, 3, 0, 0, 0, 0)));
    }

    [Test]
    public async Task ReadsAnHourAgainOnlyIfTheLogHasMoreOfIt()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f)]);
        await model.LogAsync([(1, 0.9f)], hour: model.Hour.AddHours(-1));
        await model.JoinAsync();
        Assert.That(model.LogReads(), Is.GreaterThanOrEqualTo(2));

        await model.JoinAsync();
        Assert.That(model.LogReads(), Is.Zero);

        await model.LabelAsync([(1, 1)]);
        var report = await model.JoinAsync();
        Assert.That(model.LogReads(), Is.EqualTo(2));
        Assert.That(report.Versions[1].Labels, Is.EqualTo(1));
    }

    [Test]
    public async Task LabelsThatTrickleInAreJoinedInDueTime()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f), (2, 0.9f)]);
        await model.JoinAsync();
        await model.LabelAsync([(1, 1)]);

        Assert.That((await model.JoinAsync(everything: false)).Versions[1].Labels, Is.Zero, "two hours after it, an hour is joined every half hour");
        model.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.That((await model.JoinAsync(everything: false)).Versions[1].Labels, Is.EqualTo(1));
    }

    [Test]
    public async Task JoinsAnHourThatDoesNotFitInMemoryInParts()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync(Enumerable.Range(1, 100).Select(id => (id, id % 2 == 0 ? 0.9f : 0.2f)));
        await model.LabelAsync(Enumerable.Range(1, 100).Select(id => (id, id % 4 == 0 ? 1 : 0)));

        var report = await model.JoinAsync(maxRows: 20);

        Assert.That((report.Versions[1].Predictions, report.Versions[1].Labels), Is.EqualTo((100L, 100L)));
        Assert.That(report.Versions[1].Metrics["accuracy"].Value, Is.EqualTo(0.75).Within(1e-12));
    }

    [Test]
    public async Task SaysThatAVersionLostWhatItsGateDemands()
    {
        using var model = await MonitoredModel.StartAsync();
        var random = new Random(1);
        await model.LogAsync(Enumerable.Range(1, 300).Select(id => (id, random.NextSingle())));
        await model.LabelAsync(Enumerable.Range(1, 300).Select(id => (id, random.Next(2)))); // the model knows nothing

        var report = await model.JoinAsync();

        Assert.That(report.Lost.Select(lost => (lost.Metric, lost.Day, lost.Bound)), Is.EqualTo(new (string, DateOnly?, string)[] { ("averagePrecision", null, ">= 0.8"), ("averagePrecision", new(2026, 1, 2), ">= 0.8") }));
        Assert.That(report.Lost[1].Reason, Does.Match(@"^averagePrecision of version 1 on 2026-01-02 is 0\.\d+ on 300 labels, with a 95 % interval of 0\.\d+ to 0\.\d+; its gate demands >= 0\.8\.$"));
    }

    [Test]
    public async Task AVersionThatIsGoneDoesNotHideTheOthers()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f)]);
        await model.LogAsync([(2, 0.9f)], version: 7);
        await model.LabelAsync([(1, 1)]);
        await model.LabelAsync([(2, 1)], version: 7);

        var report = await model.JoinAsync();

        Assert.That(report.Versions.Select(one => one.Version), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(report.Feedback.Unknown, Is.EqualTo(1));
        Assert.That(report.Problems, Has.Some.StartWith("Version 7 is gone"));
    }

    [Test]
    public async Task JoinsLabelsThatComeYearsLate()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f)]);
        await model.JoinAsync();
        model.Time.Advance(TimeSpan.FromDays(60));
        await model.LabelAsync([(1, 1)]);

        Assert.That((await model.JoinAsync(everything: false)).Versions.Single(one => one.Day is not null).Labels, Is.Zero);
        Assert.That((await model.JoinAsync()).Versions.Single(one => one.Day is not null).Labels, Is.EqualTo(1));
    }

    [Test]
    public async Task KeepsDaysThatDidNotChange()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f)], hour: model.Hour.AddDays(-1));
        await model.LabelAsync([(1, 1)], hour: model.Hour.AddDays(-1));
        await model.JoinAsync();
        await model.LogAsync([(1, 0.1f)]);
        await model.LabelAsync([(1, 1)]);

        var report = await model.JoinAsync();

        Assert.That(
            report.Versions.Select(one => (one.Day, one.Metrics["accuracy"].Value)),
            Is.EqualTo(new (DateOnly?, double)[] { (null, 0.5), (new(2026, 1, 2), 0), (new(2026, 1, 1), 1) }));
        Assert.That(report.Feedback.Joined, Is.EqualTo(2));
    }
}
