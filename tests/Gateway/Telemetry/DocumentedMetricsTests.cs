using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;

namespace Slipway.Gateway.Tests.Telemetry;

public sealed partial class DocumentedMetricsTests
{
    [Test]
    public async Task TheTableHasTheMetricsOfAGateway()
    {
        var published = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.MeterName)
                    lock (published)
                        published.Add(instrument.Name);
            },
        };
        listener.Start();
        await using var gateway = new GatewayFixture();
        await gateway.StartAsync();

        var documented = Row().Matches(Checkout.Text("docs/telemetry.md")).Select(match => match.Groups[1].Value);
        lock (published)
            Assert.That(documented, Is.EquivalentTo(published));
    }

    [GeneratedRegex(@"^\| `(slipway\.(?:gateway|model)\.[a-z._]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
