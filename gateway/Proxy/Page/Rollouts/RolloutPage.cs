using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Status;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Rollouts;

/// <summary>Where a rollout is and why: the steps of its plan, both colors side by side, each check with its bounds, and what decided.</summary>
public sealed class RolloutPage(TrafficStatusReport report, PageStore store, TimeProvider time)
{
    public async Task<PageContent> BuildAsync(IQueryCollection query, CancellationToken cancellation)
    {
        var status = report.Now();
        var asked = query["id"] is [{ Length: > 0 and <= 20 } id] && id.All(char.IsAsciiLetterOrDigit) ? id : null;
        var ids = await store.RolloutsAsync(cancellation);
        var (rollout, problem) = await FindAsync(status, asked ?? status.State.Rollout?.Plan.Id, cancellation);
        return new(rollout is null ? "Rollout" : $"Rollout {rollout.Plan.Id}", "Rollout", html =>
        {
            if (rollout is null)
                None(html, status, asked, problem);
            else
                Show(html, status, rollout, problem);
            Earlier(html, ids, rollout?.Plan.Id);
        }, Status: asked is not null && rollout is null && problem is null ? 404 : 200, IsLive: rollout is null or { IsNow: true });
    }

    private async Task<(ShownRollout?, string? Problem)> FindAsync(TrafficStatus status, string? id, CancellationToken cancellation)
    {
        if (id is null)
            return default;
        var record = await store.RolloutAsync(id, cancellation);
        return status.State.Rollout is { } now && now.Plan.Id == id
            ? (ShownRollout.Of(status.State, now, record.Value), record.Problem)
            : (record.Value is { } found ? ShownRollout.Of(found) : null, record.Problem);
    }

    private static void None(HtmlWriter html, TrafficStatus status, string? asked, string? problem)
    {
        html.Tag("div", [("class", "verdict")], () =>
        {
            html.Tag("h1", problem is not null ? "The rollout cannot be shown" : asked is null ? "No rollout has run yet" : "There is no such rollout");
            html.Tag("p", [], () => html.Name(problem ?? (asked is null
                ? $"All traffic is on {status.State.Live.Word()}: {status.State.Reason.TrimEnd('.')}."
                : "Its record may be from another environment.")));
        });
        html.Command("./build.sh --target=Deploy --fault=errors:0.3", "To see one, roll out a release that fails 30 % of its requests; the gateway rolls it back:");
    }

    private void Show(HtmlWriter html, TrafficStatus status, ShownRollout rollout, string? problem)
    {
        html.Tag("div", [("class", $"verdict {KindOf(rollout.Phase)}")], () =>
        {
            html.Tag("h1", [], () => html.Name(Sentence(rollout)));
            html.Tag("p", [], () => html.Name(rollout.Reason));
            foreach (var (what, command) in Commands(rollout))
                html.Command(command, what);
        });
        if (problem is not null)
            html.Nothing($"What happened before cannot be shown. {problem}");
        html.Part("steps", "Steps", () => RolloutStepList.Write(html, rollout));
        html.Part("colors", "Side by side", () => RolloutColors.Write(html, status, rollout));
        html.Part("checks", "Checks", () => RolloutChecks.Write(html, rollout));
        html.Part("deciding", "Bad requests that were counted last", () => Deciding(html, rollout));
        html.Part("events", "What happened", () => Events(html, rollout));
    }

    private static string Sentence(ShownRollout rollout)
    {
        var what = rollout.Plan is { Model: { } model, Version: { } version } ? $"{model} version {version}" : "the new release";
        var (candidate, stable) = (rollout.Candidate.Word(), rollout.Stable.Word());
        return rollout.Phase switch
        {
            TrafficPhase.Preparing => $"{rollout.Plan.Id} has not begun: {candidate} gets no requests yet",
            TrafficPhase.Progressing => $"{rollout.Plan.Id} is rolling out {what}: {candidate} gets {rollout.Share} %",
            TrafficPhase.Baking => $"{rollout.Plan.Id} is in the bake: {candidate} gets {rollout.Share} % of requests",
            TrafficPhase.Promoted => $"{rollout.Plan.Id} was promoted: {candidate} has all requests",
            TrafficPhase.RolledBack => $"{rollout.Plan.Id} was rolled back: {stable} has all requests",
            TrafficPhase.Halted => $"{rollout.Plan.Id} is halted, and a person has to decide",
            _ => $"{rollout.Plan.Id} has ended",
        };
    }

    private static string KindOf(TrafficPhase phase) => phase switch
    {
        TrafficPhase.Promoted => "good",
        TrafficPhase.RolledBack => "bad",
        TrafficPhase.Halted => "warn",
        TrafficPhase.Preparing or TrafficPhase.Progressing or TrafficPhase.Baking => "busy",
        _ => "",
    };

    private static IEnumerable<(string What, string Command)> Commands(ShownRollout rollout)
    {
        if (rollout.IsNow && (rollout.IsRunning || rollout.Phase == TrafficPhase.Halted))
            yield return ("Complete it without waiting for the verdict:", "./build.sh --target=Promote");
        if (rollout.IsNow && rollout.IsRunning)
            yield return ("Roll it back:", "./build.sh --target=Rollback");
        if (rollout.IsNow && rollout.Verdict is not null)
            yield return ("The same as text, with the verdict computed again:", "./build.sh --target=Explain");
    }

    private static void Deciding(HtmlWriter html, ShownRollout rollout)
    {
        if (rollout.Deciding is not { Count: > 0 } bad)
        {
            html.Nothing(rollout.IsRunning ? "None is recorded yet: they are written with the next change of phase." : "No bad request on the candidate decided this rollout.");
            return;
        }
        html.Table("Bad requests", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                foreach (var (name, isExtra) in new[] { ("Request", false), ("Check", false), ("Outcome", false), ("Share", true), ("Server", true), ("At", false) })
                    html.Tag("th", [("scope", "col"), ("class", isExtra ? "extra" : null)], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var attempt in bad)
                    html.Tag("tr", [], () => Attempt(html, attempt));
            });
        });
        if (!bad.All(attempt => PredictionIds.TryParse(attempt.Id, out _)))
            html.Tag("p", "A request without a link has no prediction to trace; the gateway's log names it by its id.", "quiet");
    }

    private static void Attempt(HtmlWriter html, BadAttempt attempt)
    {
        html.Tag("td", [("class", "id")], () =>
        {
            // without an answer, the gateway's own id of the request is all there is; its log has it
            if (PredictionIds.TryParse(attempt.Id, out _))
                html.Link($"/prediction?id={Words.Url(attempt.Id)}", attempt.Id);
            else
                html.Name(attempt.Id);
        });
        html.Tag("td", attempt.Check.Word());
        html.Tag("td", [], () => html.Name(AttemptOutcomes.Describe(attempt.Outcome)));
        html.Tag("td", $"{attempt.Share} %", "extra");
        html.Tag("td", [("class", "extra")], () => html.Name(attempt.Replica));
        html.Tag("td", Words.At(attempt.At));
    }

    private void Events(HtmlWriter html, ShownRollout rollout)
    {
        if (rollout.Events.Count == 0)
        {
            html.Nothing("Nothing is recorded yet.");
            return;
        }
        html.Tag("ol", [("class", "events"), ("reversed", "reversed")], () =>
        {
            foreach (var happened in rollout.Events.Reverse())
                html.Tag("li", [], () =>
                {
                    html.Tag("time", [("datetime", happened.At.ToString("O")), ("title", Words.At(happened.At))], () => html.Text(Words.Ago(happened.At, time.GetUtcNow())));
                    html.Mark(KindOf(happened.Phase), $"{Words.Of(happened.Phase)}, {happened.Share} %");
                    html.Tag("p", [], () => html.Name(happened.Reason));
                });
        });
    }

    private static void Earlier(HtmlWriter html, StoreRead<IReadOnlyList<string>> ids, string? shown) => html.Part("earlier", "Other rollouts", () =>
    {
        var others = ids.Value?.Where(id => id != shown).ToList() ?? [];
        if (ids.Problem is { } problem)
            html.Nothing(problem);
        else if (others.Count == 0)
            html.Nothing("There is no other rollout.");
        else
            html.Tag("p", [("class", "list")], () =>
            {
                foreach (var id in others)
                    html.Link($"/rollout?id={Words.Url(id)}", id);
            });
    });
}
