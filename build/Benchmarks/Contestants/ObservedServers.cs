using System.Globalization;

namespace Slipway.Benchmarks.Contestants;

/// <summary>
/// The same server with and without what observes it. What an exporter does between requests is part of its cost; what a collector does is not.
/// </summary>
/// <param name="server">The assembly of the server.</param>
/// <param name="models">What it serves.</param>
/// <param name="store">The folder with a copy of the models, where it also writes its log.</param>
public sealed class ObservedServers(string server, ModelStore models, string store)
{
    public ContestantProgram Nothing => Program("nothing on: no prediction log, no counts for drift", "unobserved", ["--PredictionLog:Enabled=false", "--Monitoring:Enabled=false"]);

    public ContestantProgram Counts => Program("only counts for drift on", "counted", ["--PredictionLog:Enabled=false", "--Monitoring:Enabled=true"]);

    /// <summary>The log of every prediction, counts for drift, and metrics, as Deploy starts it.</summary>
    public ContestantProgram AsDeployed => Program("as deployed: log of every prediction, counts for drift, metrics", "observed", Everything);

    /// <param name="collector">Where telemetry is sent to.</param>
    public ContestantProgram WithTelemetry(Uri collector) => Program(
        "the same, and metrics, traces and logs sent to a collector", "telemetry", Everything,
        $"OTEL_EXPORTER_OTLP_ENDPOINT={collector}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");

    /// <summary>Accepts telemetry and forgets it.</summary>
    /// <param name="program">The assembly of this program.</param>
    /// <param name="answers">A folder for its responses.</param>
    public static ContestantProgram Collector(string program, string answers)
    {
        Directory.CreateDirectory(answers);
        foreach (var signal in new[] { "traces", "metrics", "logs" })
            File.WriteAllText(Path.Combine(answers, signal), "");
        return new("collector", "collector", Proof: null, "", (_, port) => ["dotnet", program, "constant", Url(port), answers]);
    }

    private static string[] Everything => ["--PredictionLog:Enabled=true", "--PredictionLog:SampleRate=1", "--Monitoring:Enabled=true"];

    private ContestantProgram Program(string name, string service, IReadOnlyList<string> options, params string[] variables) => new(
        name, service, Proof: null, "",
        (folder, port) =>
        [
            // a contestant has no environment of its own
            .. variables.Length == 0 ? Array.Empty<string>() : ["env", .. variables],
            "dotnet", server, "serve", .. models.Arguments(store, folder, service, Url(port)), .. options,
        ]);

    private static string Url(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
}
