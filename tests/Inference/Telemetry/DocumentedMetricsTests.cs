using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Slipway.Inference.Metrics;
using Slipway.Inference.Tests.Fixtures;

namespace Slipway.Inference.Tests.Telemetry;

public sealed partial class DocumentedMetricsTests
{
    [Test]
    public async Task TheTableHasTheMetricsOfAServer()
    {
        var published = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == InferenceMetrics.MeterName)
                    lock (published)
                        published.Add(instrument.Name);
            },
        };
        listener.Start();
        await using var server = await new RunningServer().StartAsync();
        using var scraped = await server.Client.GetAsync("/metrics");

        var documented = Row().Matches(Checkout.Text("docs/telemetry.md")).Select(match => match.Groups[1].Value);
        lock (published)
            Assert.That(documented, Is.EquivalentTo(published));
    }

    [GeneratedRegex(@"^\| `(slipway\.inference\.[a-z._]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
