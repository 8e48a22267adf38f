using Slipway.Hosting.Options;
using Slipway.Hosting.Telemetry;

namespace Slipway.Hosting.Tests.Telemetry;

public sealed class TelemetrySettingsTests
{
    [Test]
    public void WithoutAnEndpointNothingIsExported() =>
        Assert.That(Settings("OTEL_SERVICE_NAME=shop", "OTEL_TRACES_EXPORTER=otlp", "HOME=/root").ExportsAny, Is.False);

    [Test]
    public void AnEndpointIsForAllSignals() =>
        Assert.That(Exported(Settings("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317")), Is.EqualTo(Enum.GetValues<TelemetrySignal>()));

    [Test]
    public void AnEndpointOfOneSignalIsForItAlone()
    {
        var settings = Settings("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://collector/v1/traces", "OTEL_EXPORTER_OTLP_TRACES_HEADERS=key=value");

        Assert.That(Exported(settings), Is.EqualTo([TelemetrySignal.Traces]));
        Assert.That(settings.Of(TelemetrySignal.Traces, "HEADERS"), Is.EqualTo("key=value"));
    }

    [Test]
    public void ASignalCanBeTurnedOff() => Assert.That(
        Exported(Settings("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_LOGS_EXPORTER=none", "otel_metrics_exporter=NONE")),
        Is.EqualTo([TelemetrySignal.Traces]));

    [Test]
    public void AllOfItCanBeTurnedOff() =>
        Assert.That(Settings("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_SDK_DISABLED=true").ExportsAny, Is.False);

    [Test]
    public void AnEmptyVariableIsNotSet() => Assert.That(Settings("OTEL_EXPORTER_OTLP_ENDPOINT= ").ExportsAny, Is.False);

    [Test]
    public void AllErrorsAreNamedAtOnce()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => Settings(
            "OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317", "OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "OTEL_TRACES_EXPORTER=jaeger"));

        Assert.That(error!.Errors, Has.Count.EqualTo(3));
        Assert.That(error.Errors[0], Does.Contain("'localhost:4317'").And.Contain("http://127.0.0.1:4317"));
        Assert.That(error.Errors[1], Does.Contain("http/protobuf"));
        Assert.That(error.Errors[2], Does.Contain("otlp or none"));
    }

    [TestCase("/v2/models/churn/infer", true)]
    [TestCase("/invocations", true)]
    [TestCase("/v2/health/ready", false)]
    [TestCase("/metrics", false)]
    [TestCase("/ping", false)]
    [TestCase("/api/status", false)]
    public void OnlyWhatCallersAskForIsTraced(string path, bool traced) => Assert.That(TracedPaths.Contain(path), Is.EqualTo(traced));

    private static TelemetrySignal[] Exported(TelemetrySettings settings) => [.. Enum.GetValues<TelemetrySignal>().Where(settings.Exports)];

    private static TelemetrySettings Settings(params string[] variables) =>
        new(variables.Select(variable => variable.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])));
}
