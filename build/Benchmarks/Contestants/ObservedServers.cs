using System.Globalization;

namespace Slipway.Benchmarks.Contestants;

/// <summary>
/// The same server twice: with everything that observes it, and without. Both serve the same models from a copy of the store, so that no gateway finds them there,
/// and export nothing to anybody: what an exporter does between requests is part of the cost, what a collector does is not.
/// </summary>
/// <param name="server">The assembly of the server.</param>
/// <param name="store">The folder of the copy.</param>
/// <param name="trustedKeys">The public keys in PEM format that its versions are signed with.</param>
/// <param name="collector">Where telemetry is sent to by the server that sends any.</param>
public sealed class ObservedServers(string server, string store, string trustedKeys, Uri collector)
{
    /// <summary>Counts for drift, log of every prediction, metrics, traces of every request, and logs.</summary>
    public ContestantProgram Everything => Program(
        "Slipway server, everything on", "observed",
        ["--Monitoring:Enabled=true", "--PredictionLog:Enabled=true", "--PredictionLog:SampleRate=1"], $"OTEL_EXPORTER_OTLP_ENDPOINT={collector}", "OTEL_TRACES_SAMPLER=always_on");

    public ContestantProgram Nothing => Program("Slipway server, everything off", "unobserved", ["--Monitoring:Enabled=false", "--PredictionLog:Enabled=false"]);

    private ContestantProgram Program(string name, string service, IReadOnlyList<string> options, params string[] variables) => new(
        name, service, Proof: null, "",
        (folder, port) =>
        [
            // a contestant has no environment of its own
            .. variables.Length == 0 ? Array.Empty<string>() : ["env", .. variables],
            "dotnet", server, $"--Store={store}", $"--Replica={service}", "--Color=blue", $"--Url=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            $"--CacheFolder={Path.Combine(folder, "cache")}", $"--KeyFile={Path.Combine(folder, "key")}", $"--TrustedKeys={trustedKeys}", .. options,
        ]);
}
