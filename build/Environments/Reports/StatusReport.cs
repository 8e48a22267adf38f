using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Reports;

/// <summary>What is running in an environment, what it serves and where traffic goes.</summary>
public static class StatusReport
{
    private const string EndedByItself = "exited unexpectedly: ./build.sh --target=Deploy restarts it";

    public static async Task ShowStatusAsync(this IProgressReport report, LocalEnvironment environment, CancellationToken cancellation)
    {
        var gateway = environment.Fleet.Running(LocalFleet.Gateway);
        using var client = gateway is null ? null : new GatewayClient(gateway, environment.Time);
        var status = client is null ? null : await client.StatusAsync(cancellation);
        if (!Directory.Exists(environment.Folders.Store))
            report.Line($"The store '{environment.Folders.Store}' does not exist. Running services continue with what they have loaded; restore the store.");
        report.Table("Gateway", Gateway(gateway, environment.Fleet.OtherGateways, environment.Fleet.Known(LocalFleet.Gateway), status));
        if (gateway is not null)
            report.Close($"Operator's page: {environment.Fleet.PageOf(gateway)}");
        foreach (var color in Colors.All)
            report.Table(
                $"{color.Word()}{(status?.State.Live == color ? " (live)" : "")}",
                await ColorAsync(environment, color, status?.Colors.FirstOrDefault(one => one.Color == color), cancellation));
        await report.ShowDriftAsync(environment.Store, environment.Time, argument: "", cancellation);
        if (gateway is null && environment.Servers.Count == 0)
            report.Line("Nothing is running. Start it with ./build.sh --target=Deploy");
    }

    private static IEnumerable<KeyValuePair<string, string>> Gateway(ServiceRecord? gateway, IReadOnlyList<ServiceRecord> others, ServiceRecord? known, TrafficStatus? status)
    {
        if (gateway is null)
        {
            yield return new("state", known is null or { Stopped: true } ? "not running" : EndedByItself);
            yield break;
        }

        yield return new("url", gateway.Url!);
        foreach (var other in others)
            yield return new(other.Name, other.Url!);
        yield return new("private", $"{gateway.PrivateUrl}/api/status");
        yield return new("runs", $"{gateway.Place}, release {gateway.Release}");
        if (status is null)
        {
            yield return new("state", "does not respond; see its log");
            yield return new("log", gateway.Log);
            yield break;
        }

        yield return new("phase", $"{RolloutProgress.Word(status.State.Phase)}, revision {Number(status.State.Revision)} of {Number(status.Desired?.Revision ?? 0)}");
        yield return new("split", $"blue {Number(status.State.Split.Blue)} %, green {Number(status.State.Split.Green)} %");
        yield return new("reason", status.State.Reason);
        foreach (var row in RolloutRows.Of(status.State, status.Desired, argument: ""))
            yield return row;
        if (LiveState.Behind(status.Desired, status.State) is { } behind)
            yield return new("requested", behind);
        if (Healthy(status, status.State.Live) == 0)
            yield return new("failover", Healthy(status, status.State.Live.Other()) > 0
                ? $"{status.State.Live.Word()} has no healthy server: {status.State.Live.Other().Word()} takes its traffic"
                : "no color has a healthy server: requests are rejected");
    }

    private static int Healthy(TrafficStatus status, Color color) =>
        status.Colors.Where(one => one.Color == color).Sum(one => one.Destinations.Count(destination => destination.Health == "healthy"));

    private static async Task<List<KeyValuePair<string, string>>> ColorAsync(
        LocalEnvironment environment, Color color, ColorStatus? traffic, CancellationToken cancellation)
    {
        var known = environment.Fleet.KnownServers(color);
        if (known.Count == 0)
            return [new("state", "not running")];

        var rows = new List<KeyValuePair<string, string>>();
        foreach (var server in known)
            rows.AddRange(environment.Fleet.Running(server.Name) is null
                ? [new("state", EndedByItself)]
                : await ServerAsync(environment, server, cancellation));
        if (traffic is not null)
            rows.Add(new("traffic", string.Create(CultureInfo.InvariantCulture,
                $"{traffic.Requests} requests, {traffic.Errors} errors, {traffic.BadTries} of {traffic.Tries} tries bad, p50 {Milliseconds(traffic.P50Milliseconds)}, p99 {Milliseconds(traffic.P99Milliseconds)}")));
        return rows;
    }

    private static async Task<List<KeyValuePair<string, string>>> ServerAsync(LocalEnvironment environment, ServiceRecord server, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>> { new("runs", $"{server.Place}, release {server.Release}") };
        var heartbeat = await environment.Heartbeats.FindAsync(server.Replica!, cancellation);
        rows.Add(new("state", heartbeat switch { null => "no heartbeat", { Draining: true } => "draining", { Ready: true } => "ready", _ => "not ready" }));
        if (heartbeat is not null)
            rows.Add(new("address", heartbeat.Address));
        foreach (var model in heartbeat?.Models ?? [])
            rows.Add(new(model.Model, Describe(model)));
        return rows;
    }

    private static string Describe(ServedModel model)
    {
        var text = model.Version is { } version ? $"version {Number(version)}" : "nothing loaded";
        if (model is { Version: not null, Resident: false })
            text += ", loaded by the next request";
        if (model.State is not (ServedModelState.Serving or ServedModelState.Available))
            text += $", {Word(model.State)}, desired {(model.Desired is { } desired ? Number(desired) : "none")}";
        if (model.Evaluator == ServedModel.ByOnnxRuntime)
            text += ", by ONNX Runtime";
        if (model.Generation == "baking")
            text += ", baking";
        if (model.Postponed is { } postponed)
            text += $": {postponed}";
        if (model.PutBack is { } putBack)
            text += $"; version {Number(putBack.Version)} was put back at {putBack.At:u}";
        if (model.SignatureWarning is { } signatureWarning)
            text += $"; signature warning: {signatureWarning}";
        foreach (var bad in model.Quarantined)
            text += $"; version {Number(bad.Version)} quarantined: {bad.Reason}";
        return text;
    }

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(double? value) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:0.00} ms") : "-";
}
