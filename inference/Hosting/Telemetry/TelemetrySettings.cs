using System.Collections;
using Slipway.Hosting.Options;

namespace Slipway.Hosting.Telemetry;

/// <summary>
/// What the standard variables of OpenTelemetry (<c>OTEL_*</c>) ask for. Nothing is exported unless an endpoint is set: without one, a service has its
/// Prometheus metrics and its log on the console.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
public sealed class TelemetrySettings
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Prefix = "OTEL_";

    private readonly Dictionary<string, string?> _variables;

    /// <exception cref="InvalidOptionsException">An endpoint is not a URL, or a signal should go to an exporter that does not exist here.</exception>
    public TelemetrySettings(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        _variables = variables
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(variable.Value))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        var errors = _variables.Keys.Order(StringComparer.Ordinal).Select(Problem).OfType<string>().ToList();
        if (errors.Count > 0)
            throw new InvalidOptionsException(errors);
    }

    /// <summary>Nothing is exported.</summary>
    public static TelemetrySettings None { get; } = new([]);

    /// <exception cref="InvalidOptionsException">A variable has an invalid value.</exception>
    public static TelemetrySettings FromEnvironment() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value)));

    /// <summary>All variables, for the configuration that OpenTelemetry itself reads.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    public bool ExportsAny => Enum.GetValues<TelemetrySignal>().Any(Exports);

    /// <summary>Whether a signal has an endpoint and is not turned off.</summary>
    public bool Exports(TelemetrySignal signal) =>
        !string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && !IsNone(Value(Exporter(signal)))
        && (Value(Endpoint) ?? Value(Specific(signal, "ENDPOINT"))) is not null;

    /// <summary>A setting for one signal alone, such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>; null if there is none.</summary>
    public string? Of(TelemetrySignal signal, string setting) => Value(Specific(signal, setting));

    private string? Value(string name) => _variables.GetValueOrDefault(name)?.Trim();

    private string? Problem(string name)
    {
        var value = Value(name)!;
        if (name.EndsWith("_ENDPOINT", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null
                : $"{name} is '{value}'; expected the URL of an OTLP collector, such as http://127.0.0.1:4317";
        if (Enum.GetValues<TelemetrySignal>().Any(signal => name.Equals(Exporter(signal), StringComparison.OrdinalIgnoreCase)))
            return IsNone(value) || value.Equals("otlp", StringComparison.OrdinalIgnoreCase) ? null : $"{name} is '{value}'; expected otlp or none";
        return name.EndsWith("_PROTOCOL", StringComparison.OrdinalIgnoreCase) && value is not ("grpc" or "http/protobuf")
            ? $"{name} is '{value}'; expected grpc or http/protobuf"
            : null;
    }

    private static bool IsNone(string? value) => string.Equals(value, "none", StringComparison.OrdinalIgnoreCase);

    private static string Exporter(TelemetrySignal signal) => $"OTEL_{Name(signal)}_EXPORTER";
    private static string Specific(TelemetrySignal signal, string setting) => $"OTEL_EXPORTER_OTLP_{Name(signal)}_{setting}";

    private static string Name(TelemetrySignal signal) => signal.ToString().ToUpperInvariant();
}
