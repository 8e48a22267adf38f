using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Monitoring;

public sealed class DomainGaugesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 2, 17, 0, TimeSpan.Zero);

    [TestCase(DomainState.Different, 0.75, 0.5, "pumps 1.5")]
    [TestCase(DomainState.Alike, 0.25, 0.5, "pumps 0.5")]
    [TestCase(DomainState.TooFew, null, null, "")]
    public void IsTheAucByItsBoundOfWhatWasCompared(DomainState state, double? auc, double? bound, string expected)
    {
        var domains = new CurrentDomains();
        domains.Set("pumps", "etag", Verdict(state, auc, bound));
        using var meter = new Meter("Slipway.Gateway.Tests.Domains");
        DomainGauges.AddTo(meter, domains);
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add(FormattableString.Invariant($"{tags[0].Value} {value}")));
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.That(string.Join(',', measured), Is.EqualTo(expected));
    }

    [Test]
    public async Task IsReadByTheLeaseHolder()
    {
        await using var gateway = new GatewayFixture();
        await gateway.StartServerAsync(Registry.Channels.Color.Blue);
        await gateway.StartAsync();
        await gateway.TickAsync();
        await gateway.Store.WriteAsync(StoreKeys.Domain("pumps"), Verdict(DomainState.Different, 0.75, 0.5), RegistryJson.Default.DomainVerdict, PutCondition.None);

        await gateway.App.Services.GetRequiredService<QualityController>().TickAsync(default);
        Assert.That(await gateway.Private.GetStringAsync("/metrics"), Does.Match("slipway_model_domain\\{[^}]*model=\"pumps\"[^}]*\\} 1.5"));
    }

    private static DomainVerdict Verdict(DomainState state, double? auc, double? bound) =>
        new("pumps", 3, At.AddDays(-1), At, state, 500, 500, 2000, auc, bound, null, 1 / 365.0, [], "It is a test.");
}
