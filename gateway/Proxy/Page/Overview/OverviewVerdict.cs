using Slipway.Gateway.Page.Html;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Page.Overview;

/// <summary>Whether all is well, in one sentence, and if not what to do.</summary>
/// <param name="Kind">good, busy, warn or bad.</param>
/// <param name="Command">What to do; null if there is nothing to do.</param>
/// <param name="Href">Where to read more; null if everything is here.</param>
public sealed record OverviewVerdict(string Kind, string Sentence, string? Detail = null, string? Command = null, string? Href = null)
{
    private const string Deploy = "./build.sh --target=Deploy";
    private const string Explain = "./build.sh --target=Explain";

    /// <summary>The worst of what is known.</summary>
    public static OverviewVerdict Of(TrafficStatus status, IReadOnlyList<OverviewModel> models, string? storeProblem, DateTimeOffset now)
    {
        var state = status.State;
        var (live, other) = (state.Live, state.Live.Other());
        return !HasHealthy(status, live) && !HasHealthy(status, other)
                ? new("bad", "No color has a healthy server: requests are rejected.", "Deploy starts servers that have exited; Status shows what each of them reports.", Deploy)
            : !HasHealthy(status, live)
                ? new("bad", $"{Title(live)} is live and has no healthy server: {other.Word()} takes its requests.", "Deploy starts the servers of a color again.", Deploy)
            : status.Problem is { } problem
                ? new("bad", "The records of traffic in the store cannot be read or written.", problem, "./build.sh --target=Status")
            : storeProblem is not null
                ? new("warn", "The store does not respond. Requests are answered with what the servers have loaded.", storeProblem, "./build.sh --target=Status")
            : state.Phase == TrafficPhase.Halted
                ? new("warn", "A rollout is halted, and a person has to decide.", state.Reason, "./build.sh --target=Promote", "/rollout")
            : Behind(models, live) is { } behind
                ? behind
            : state.Phase is TrafficPhase.Preparing or TrafficPhase.Progressing or TrafficPhase.Baking
                ? new("busy", Running(state), state.Reason, null, "/rollout")
            : state.Phase == TrafficPhase.RolledBack
                ? new("warn", $"The last rollout was rolled back. All traffic is on {live.Word()}.", state.Reason, Explain, "/rollout")
            : Production(models, now) is { } production
                ? production
            : models.Count == 0
                ? new("warn", "No server has a model yet.", "Deploy trains the models that have no version.", Deploy)
            : new("good", Well(status, models));
    }

    private static bool HasHealthy(TrafficStatus status, Color color) =>
        status.Colors.Any(one => one.Color == color && one.Destinations.Any(server => server.Health == "healthy"));

    private static string Running(TrafficState state) => state.Rollout is { } rollout
        ? $"A rollout is running: {rollout.Candidate.Word()} gets {rollout.Share} % of {(rollout.Plan.Model is { } model ? $"the requests of {model}" : "all requests")}."
        : $"Traffic is about to move to {state.Live.Other().Word()}.";

    private static OverviewVerdict? Behind(IReadOnlyList<OverviewModel> models, Color live)
    {
        var behind = models.Where(model => model.Behind(live).Any()).ToList();
        if (behind.Count == 0)
            return null;
        var worst = behind[0].Behind(live).First().Model;
        var isMissing = behind.Any(model => model.Behind(live).Any(server => server.Model.Version is null));
        return new(
            worst.State is ServedModelState.Swapping or ServedModelState.Loading ? "busy" : isMissing ? "bad" : "warn",
            $"{Words.Plural(behind.Count, "model does", "models do")} not serve the version that {live.Word()}\u2019s channel points to: {Names(behind)}.",
            worst.Quarantined is [.., { } last] ? $"Version {last.Version} is quarantined: {last.Reason}" : worst.Postponed,
            $"./build.sh --target=History --model={behind[0].Name}", $"/models/{behind[0].Name}");
    }

    /// <summary>A model that no longer does what it was published for, whatever its servers do.</summary>
    private static OverviewVerdict? Production(IReadOnlyList<OverviewModel> models, DateTimeOffset now)
    {
        var lost = models.Where(model => model.Summary?.Monitoring.Quality?.Lost.Count > 0).ToList();
        if (lost.Count > 0)
            return new(
                "warn", $"{Words.Plural(lost.Count, "model has", "models have")} lost quality in production: {Names(lost)}.", lost[0].Summary!.Monitoring.Quality!.Lost[0].Reason,
                $"./build.sh --target=Train --model={lost[0].Name}", $"/models/{lost[0].Name}#accuracy");
        var drifted = models.Where(model => model.Summary?.Monitoring.DriftAt(now)?.IsAlarm == true).ToList();
        return drifted.Count == 0 ? null : new(
            "warn", $"What {Words.Plural(drifted.Count, "model is", "models are")} asked is no longer like the training data: {Names(drifted)}.", drifted[0].Summary!.Monitoring.Drift!.Sentence,
            $"./build.sh --target=Train --model={drifted[0].Name}", $"/models/{drifted[0].Name}#drift");
    }

    private static string Names(List<OverviewModel> models) =>
        string.Join(", ", models.Take(3).Select(model => model.Name)) + (models.Count > 3 ? $" and {Words.Count(models.Count - 3)} more" : "");

    private static string Well(TrafficStatus status, IReadOnlyList<OverviewModel> models)
    {
        var (requests, errors) = (status.Colors.Sum(color => color.Requests), status.Colors.Sum(color => color.Errors));
        var failed = requests == 0 ? "No request has arrived yet."
            : errors == 0 ? $"None of {Words.Count(requests)} requests failed."
            : $"{Words.Count(errors)} of {Words.Count(requests)} requests failed ({Words.Percent((double)errors / requests)}).";
        return $"All is well: {Words.Plural(models.Count, "model")} on {status.State.Live.Word()}. {failed}";
    }

    private static string Title(Color color) => color == Color.Blue ? "Blue" : "Green";
}
