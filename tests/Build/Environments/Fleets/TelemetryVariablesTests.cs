using System.Collections;
using Slipway.Build.Environments.Fleets;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class TelemetryVariablesTests
{
    [Test]
    public void ServicesGetThoseOfOpenTelemetryAndNoOthers() => Assert.That(
        TelemetryVariables.Of(new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317", ["OTEL_SERVICE_NAME"] = "", ["HOME"] = "/root", ["SLIPWAY_Key"] = "secret" }),
        Is.EqualTo([KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")]));
}
