using System.Diagnostics.Metrics;
using System.Globalization;
using Slipway.Gateway.Monitoring;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Tests.Monitoring;

public sealed class QualityGaugesTests
{
    [Test]
    public void ShowsTheNewestVersionAndTheValueOfTheNewestDay()
    {
        var quality = new CurrentQuality();
        quality.Set("pumps", "etag", Report(
            Version(2, null, labels: 50, accuracy: 0.9, value: 70), Version(1, null, labels: 10, accuracy: 0.5, value: 1),
            Version(2, new(2026, 1, 2), labels: 20, accuracy: 0.8, value: 40), Version(1, new(2026, 1, 2), labels: 5, accuracy: 0.6, value: 2),
            Version(2, new(2026, 1, 1), labels: 30, accuracy: 0.95, value: 30)));

        Assert.That(Measured(quality), Is.EquivalentTo(new[]
        {
            "slipway.model.quality pumps accuracy 0.9", "slipway.model.quality.estimate pumps accuracy 0.85",
            "slipway.model.quality.coverage pumps 0.5", "slipway.model.value pumps 42", "slipway.model.quality.lost pumps 0",
        }));
    }

    [Test]
    public void CountsWhatEstimatesSayIsLost()
    {
        var quality = new CurrentQuality();
        quality.Set("pumps", "etag", Report() with { EstimatedLost = [new(2, "recall", 0.7, 0.01, ">= 0.8", 500, "It is low.")] });

        Assert.That(Measured(quality), Has.Member("slipway.model.quality.estimate.lost pumps 1"));
    }

    [Test]
    public void AModelWithoutPredictionsOrValueHasNoFigures()
    {
        var quality = new CurrentQuality();
        quality.Set("pumps", "etag", Report());

        Assert.That(Measured(quality), Is.EqualTo(new[] { "slipway.model.quality.lost pumps 0" }));
    }

    private static List<string> Measured(CurrentQuality quality)
    {
        using var meter = new Meter("Slipway.Gateway.Tests.Quality");
        QualityGauges.AddTo(meter, quality);
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add(
            $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))} {value.ToString(CultureInfo.InvariantCulture)}"));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {tags[0].Value} {value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    private static QualityReport Report(params VersionQuality[] versions) =>
        new("pumps", DateTimeOffset.UnixEpoch, versions, [], [], FeedbackCounts.None, null, [], new Dictionary<DateOnly, FeedbackCounts>());

    private static VersionQuality Version(int version, DateOnly? day, long labels, double accuracy, double value) => new(
        version, day, labels * 2, labels, new Dictionary<string, Metric> { ["accuracy"] = new(accuracy) }, null, new Dictionary<string, double> { ["accuracy"] = 0.85 }, value, []);
}
