using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Sends requests for every live model to an environment's gateway: routed by the split, and to each color if callers may select one.</summary>
/// <param name="ids">Verifies the environment's prediction ids; null if their key is not available.</param>
public sealed class SmokeRun(SlipwayEnvironment environment, GatewayCaller caller, PredictionIds? ids)
{
    // a gateway that lets callers select a color rejects this value, and any other gateway removes the header
    private const string NoColor = "neither";

    /// <exception cref="SlipwayException">There is nothing to call, or no response at all.</exception>
    public async Task<SmokeResult> RunAsync(IProgressStep step, CancellationToken cancellation)
    {
        var models = await LiveModelsAsync(cancellation);
        if (models.Count == 0)
            throw new SlipwayException($"No model is live in '{environment.Name}': there is nothing to test. Train and publish models with Deploy: ./build.sh --target=Deploy{environment.Argument}");

        var state = await environment.Traffic.StateAsync(cancellation);
        var split = state?.Split ?? TrafficSplit.All(Color.Blue);
        var choosable = await IsColorChoosableAsync(cancellation);
        Color?[] ways = choosable ? [null, Color.Blue, Color.Green] : [null];
        var checks = new List<SmokeCheck>();
        foreach (var (model, versions) in models)
            foreach (var way in ways)
                if (versions.GetValueOrDefault(way ?? (split.Green > split.Blue ? Color.Green : Color.Blue)) is { } live)
                    foreach (var request in SmokeRequests.All)
                    {
                        step.Now($"{model}, {way?.Word() ?? "by split"}: {request.ToString().ToLowerInvariant()}");
                        checks.Add(await CheckAsync(request, model, way, live, versions, split, cancellation));
                    }

        return new(checks, choosable, ids is not null);
    }

    private async Task<SmokeCheck> CheckAsync(
        SmokeRequest request, string model, Color? way, LiveVersion live, IReadOnlyDictionary<Color, LiveVersion> versions, TrafficSplit split, CancellationToken cancellation)
    {
        var answer = await caller.SendAsync(request.Path(model), request.Body(live.Golden), way?.Word(), cancellation);
        var problem = request.Problem(answer, live)
            ?? (request.Predicts() ? SmokeHeaders.Problem(answer, versions, way, split, ids) : null);
        return new(model, way, live.Manifest.Version, request, request.Predicts() ? live.Golden.Outputs.Count : 0, answer.Took, problem);
    }

    private async Task<bool> IsColorChoosableAsync(CancellationToken cancellation)
    {
        var answer = await caller.SendAsync("/v2/health/ready", json: null, NoColor, cancellation);
        return answer.Status switch
        {
            400 => true,
            401 or 403 => throw new SlipwayException(
                $"{caller.Gateway} rejects this environment's API key (status {answer.Status}). After a rotation, run Deploy to pass it the new one: ./build.sh --target=Deploy{environment.Argument}"),
            _ => false,
        };
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<Color, LiveVersion>>> LiveModelsAsync(CancellationToken cancellation)
    {
        var models = new Dictionary<string, IReadOnlyDictionary<Color, LiveVersion>>();
        foreach (var model in await environment.Versions.ModelsAsync(cancellation))
        {
            var (versions, known) = (new Dictionary<Color, LiveVersion>(), new Dictionary<int, LiveVersion>());
            foreach (var color in Colors.All)
                if ((await environment.Channels.GetAsync(model, color, cancellation))?.Value.Version is { } version)
                    versions[color] = known[version] = known.GetValueOrDefault(version) ?? await LiveAsync(model, version, cancellation);
            if (versions.Count > 0)
                models[model] = versions;
        }

        return models;
    }

    private async Task<LiveVersion> LiveAsync(string model, int version, CancellationToken cancellation)
    {
        var manifest = await environment.Versions.RequireAsync(model, version, cancellation);
        return new(manifest, await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation));
    }
}

/// <param name="ColorsAsked">Whether callers may select a color there.</param>
/// <param name="IdsProven">Whether prediction ids were verified with the environment's key.</param>
public sealed record SmokeResult(IReadOnlyList<SmokeCheck> Checks, bool ColorsAsked, bool IdsProven)
{
    public IReadOnlyList<SmokeCheck> Failed => [.. Checks.Where(check => check.Problem is not null)];
}
