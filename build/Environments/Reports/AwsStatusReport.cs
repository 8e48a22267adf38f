using System.Globalization;
using Slipway.Automation.Aws;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Reports;

/// <summary>What is running in an AWS environment, what it serves and where traffic goes: from ECS and the store, because the servers cannot be reached from outside.</summary>
public sealed class AwsStatusReport(AwsEnvironment environment, LiveReplicas replicas, TimeSpan timeout)
{
    public async Task ShowAsync(IProgressReport report, CancellationToken cancellation)
    {
        var state = await environment.Traffic.StateAsync(cancellation);
        var desired = await environment.Traffic.ReadAsync(cancellation);
        report.Table("Gateway", await GatewayAsync(state, desired, cancellation));

        var live = await report.StepAsync("Check the servers' heartbeats", step => LiveReplicasAsync(step, cancellation));
        foreach (var color in Colors.All)
            report.Table($"{color.Word()}{(state?.Live == color ? " (live)" : "")}", await ColorAsync(color, live, cancellation));
        await report.ShowDriftAsync(environment.Store, environment.Time, environment.Argument, cancellation);
        foreach (var line in OperatorsPage.HowToOpen(environment.Record))
            report.Close(line);
        if (state is null)
            report.Line($"No gateway has written its state yet. Deploy first: ./build.sh --target=Deploy{environment.Argument}");
    }

    private async Task<List<KeyValuePair<string, string>>> GatewayAsync(TrafficState? state, DesiredTraffic? desired, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>> { new("url", environment.Record.PublicUrl) };
        rows.AddRange(await ServiceAsync(environment.Fleet.Gateway, cancellation));
        if (state is null)
            return rows;
        rows.Add(new("phase", $"{RolloutProgress.Word(state.Phase)}, revision {Number(state.Revision)} of {Number(desired?.Revision ?? 0)}"));
        rows.Add(new("split", $"blue {Number(state.Split.Blue)} %, green {Number(state.Split.Green)} %"));
        rows.Add(new("reason", state.Reason));
        rows.AddRange(RolloutRows.Of(state, desired, environment.Argument));
        if (LiveState.Behind(desired, state) is { } behind)
            rows.Add(new("requested", behind));
        foreach (var job in await new WaitingJobs(environment.Store, environment.Record.Gateway, environment.Time).ListAsync(cancellation))
            rows.Add(new("waiting", $"training job {job.TrainingJob}, since {job.Since.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}. {job.Reason}"));
        return rows;
    }

    private async Task<List<KeyValuePair<string, string>>> ColorAsync(Color color, IReadOnlyList<ReplicaHeartbeat> live, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>>(await ServiceAsync(environment.Fleet.Server(color), cancellation));
        foreach (var replica in live.Where(one => one.Color == color))
            rows.Add(new(replica.Replica, $"{(replica.Draining ? "draining" : replica.Ready ? "ready" : "not ready")}, {replica.Address}, {string.Join(", ", replica.Models.Select(Describe))}"));
        return rows;
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> ServiceAsync(FleetService service, CancellationToken cancellation)
    {
        var found = await environment.Fleet.DescribeAsync(service, cancellation);
        var rollout = found.Deployments is [{ } only] ? only.RolloutState?.Value.ToLowerInvariant() : $"{Number(found.Deployments?.Count ?? 0)} deployments in progress";
        return
        [
            new("service", $"{service.Name}, {Number(found.RunningCount ?? 0)} of {Number(found.DesiredCount ?? 0)} tasks, {rollout}"),
            new("release", await environment.Fleet.ReleaseAsync(service, cancellation) is { } digest ? await ReleaseAsync(digest, cancellation) : "none"),
        ];
    }

    private async Task<string> ReleaseAsync(string digest, CancellationToken cancellation) =>
        await environment.Releases.FindAsync(digest, cancellation) is { } known ? $"{digest} ({known.Tag})" : digest;

    private async Task<IReadOnlyList<ReplicaHeartbeat>> LiveReplicasAsync(IProgressStep step, CancellationToken cancellation)
    {
        var expected = 0;
        foreach (var color in Colors.All)
            expected += (await environment.Fleet.DescribeAsync(environment.Fleet.Server(color), cancellation)).RunningCount ?? 0;

        IReadOnlyList<ReplicaHeartbeat> seen = [];
        await replicas.WaitAsync(
            live =>
            {
                seen = live;
                return live.Count >= expected ? null : $"{Number(live.Count)} of {Number(expected)} servers are sending heartbeats";
            },
            timeout, step.Now, cancellation);
        return seen;
    }

    private static string Describe(ServedModel model) =>
        $"{model.Model} {(model.Version is { } version ? $"version {Number(version)}" : "not loaded")}{(model.State == ServedModelState.Serving ? "" : $" ({model.State.ToString().ToLowerInvariant()})")}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
