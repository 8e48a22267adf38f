using System.Collections;

namespace Slipway.Build.Environments.Fleets;

/// <summary>OpenTelemetry's variables (<c>OTEL_*</c>) of this command, for the services that it starts: containers do not inherit them.</summary>
public static class TelemetryVariables
{
    private const string Prefix = "OTEL_";

    public static IEnumerable<KeyValuePair<string, string>> Of(IDictionary environment) =>
        from DictionaryEntry variable in environment
        where variable is { Key: string name, Value: string { Length: > 0 } } && name.StartsWith(Prefix, StringComparison.Ordinal)
        select KeyValuePair.Create((string)variable.Key, (string)variable.Value!);
}
