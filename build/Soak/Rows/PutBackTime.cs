using Slipway.Automation.Rollbacks;
using Slipway.Benchmarks.Contestants;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Soak.Fragile;
using static System.FormattableString;

namespace Slipway.Soak.Rows;

/// <summary>A version that passes its golden set and is swapped in, and does not predict one live request.</summary>
public sealed class PutBackTime : ISoakRow
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FleetLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Name => "put-back";

    public string Fault => "A version that passes its golden set returns NaN for one live request.";

    public string Bound => "Within 1 s of that answer, the server serves the version before; within 30 s, every server does, and the version is blocked.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var environment = context.Fleet.Environment;
        var channels = new ModelChannels(environment.Store, context.Time);
        var champion = (await channels.SnapshotAsync(context.Fleet.Model, cancellation)).Champion!.Value;
        var sound = await environment.Versions.RequireAsync(context.Fleet.Model, champion, cancellation);
        var fragile = new FragileVersions(environment, sound, context.Work);
        using var server = DirectHttpClient.Create(FleetLimit);
        server.BaseAddress = new(context.Fleet.Servers[0].Url!);
        var trials = context.Plan.Of(20, 3);
        List<double> putBack = [], everywhere = [];
        for (var trial = 0; trial < trials; trial++)
        {
            step.Now($"version {trial + 1} of {trials}");
            var (version, request) = await PublishAsync(fragile, channels, trial, context, cancellation);
            putBack.Add(await SecondsAsync(server, request, context, sound, isBad: true, cancellation));
            everywhere.Add(await BlockedAsync(channels, version, sound, context, cancellation));
        }

        // the same, without the request that it does not predict
        var (harmless, _) = await PublishAsync(fragile, channels, trials, context, cancellation);
        var control = await SecondsAsync(server, context.Fleet.Infer, context, sound, isBad: false, cancellation);
        await channels.MoveAsync(
            new(sound.Model, sound.Version, HistoryAction.Rollback, Colors.All, "soak", "Ends a row of the soak.", [harmless.Artifact.OnnxSha256]), cancellation);
        await RequireAsync(context, sound.Model, sound.Version, cancellation);

        var failures = putBack.Zip(everywhere).Count(pair => pair.First > Limit.TotalSeconds || pair.Second > FleetLimit.TotalSeconds);
        return new(
            trials, failures, Invariant($"put back {1000 * putBack.Max():0} ms after the answer at most, blocked for the fleet after {everywhere.Max():0.0} s at most"),
            new("a version without such a request is put back", control > Limit.TotalSeconds))
        {
            Figures = new Dictionary<string, double> { ["putBackSecondsMax"] = putBack.Max(), ["fleetSecondsMax"] = everywhere.Max() },
        };
    }

    private static async Task<(ModelManifest Version, ContestantRequest Request)> PublishAsync(
        FragileVersions fragile, ModelChannels channels, int number, SoakContext context, CancellationToken cancellation)
    {
        var (version, request) = await fragile.RegisterAsync(number, cancellation);
        await channels.MoveAsync(new(version.Model, version.Version, HistoryAction.Publish, Colors.All, "soak", "A version that fails one request."), cancellation);
        await RequireAsync(context, version.Model, version.Version, cancellation);
        return (version, request);
    }

    /// <summary>From the answer to a request until a request is answered by the sound version; infinite if that does not happen in time.</summary>
    private static async Task<double> SecondsAsync(
        HttpClient server, ContestantRequest request, SoakContext context, ModelManifest sound, bool isBad, CancellationToken cancellation)
    {
        using (var answer = await SendAsync(server, request, cancellation))
            if (answer.IsSuccessStatusCode == isBad)
                throw new SlipwayException($"The version answered {(int)answer.StatusCode} to a request that it {(isBad ? "does not predict" : "predicts")}.");
        var answered = context.Time.GetTimestamp();
        do
        {
            using var next = await SendAsync(server, context.Fleet.Infer, cancellation);
            if (next.Headers.TryGetValues(SlipwayHeaders.ModelVersion, out var version) && version.First() == Invariant($"{sound.Version}"))
                return context.Time.GetElapsedTime(answered).TotalSeconds;
            await Task.Delay(Pause, context.Time, cancellation);
        }
        while (context.Time.GetElapsedTime(answered) < 2 * Limit);
        return double.PositiveInfinity;
    }

    private static async Task<double> BlockedAsync(ModelChannels channels, ModelManifest bad, ModelManifest sound, SoakContext context, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        while (context.Time.GetElapsedTime(started) < FleetLimit)
        {
            var seen = await channels.SnapshotAsync(sound.Model, cancellation);
            if (seen.Blocks(bad.Artifact.OnnxSha256) && seen.Pointers.Values.All(pointer => pointer.Version == sound.Version)
                && (await BehindAsync(context, sound.Model, sound.Version, TimeSpan.Zero, cancellation)).Count == 0)
                return context.Time.GetElapsedTime(started).TotalSeconds;
            await Task.Delay(Pause, context.Time, cancellation);
        }

        return double.PositiveInfinity;
    }

    private static async Task RequireAsync(SoakContext context, string model, int version, CancellationToken cancellation)
    {
        if (await BehindAsync(context, model, version, FleetLimit, cancellation) is { Count: > 0 } behind)
            throw new SlipwayException($"'{model}' version {version} is not served everywhere: {string.Join("; ", behind)}.");
    }

    private static Task<IReadOnlyList<string>> BehindAsync(SoakContext context, string model, int version, TimeSpan limit, CancellationToken cancellation) =>
        context.Fleet.Environment.Heartbeats.WaitUntilServingAsync(context.Fleet.Environment.Servers, model, version, limit, cancellation);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient server, ContestantRequest request, CancellationToken cancellation)
    {
        using var content = request.Content();
        return await server.PostAsync(new Uri(request.Path, UriKind.Relative), content, cancellation);
    }
}
