using Slipway.Gateway.Page.Html;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Rollouts;

/// <summary>Candidate and stable as mirrored columns: the same figure of both on one line.</summary>
public static class RolloutColors
{
    public static void Write(HtmlWriter html, TrafficStatus status, ShownRollout rollout)
    {
        var counts = rollout.Verdict?.Counts;
        if (counts is null || counts.CandidateRequests + counts.StableRequests == 0)
            html.Nothing(rollout.Verdict?.Source == VerdictSource.Probe
                ? "No request of a caller has been counted: golden rows decided."
                : "No request has been counted yet, and no data is never a pass.");
        html.Tag("table", [("class", "mirror")], () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Mark(rollout.Candidate.Word(), $"{rollout.Candidate.Word()}, candidate"));
                html.Tag("th", [("scope", "col")], () => html.Tag("span", "Figure", "hidden"));
                html.Tag("th", [("scope", "col")], () => html.Mark(rollout.Stable.Word(), $"{rollout.Stable.Word()}, stable"));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var (name, candidate, stable, isWorse) in Rows(status, rollout, counts ?? RolloutCounts.None))
                    html.Tag("tr", [], () =>
                    {
                        html.Tag("td", candidate, isWorse ? "number worse" : "number");
                        html.Tag("th", [("scope", "row")], () => html.Text(name));
                        html.Tag("td", stable);
                    });
            });
        });
        html.Tag("p", "Only the first attempt of a request whose color was drawn counts. Latencies are those of the last minute, as they are now.", "quiet");
    }

    private static IEnumerable<(string Name, string Candidate, string Stable, bool IsWorse)> Rows(TrafficStatus status, ShownRollout rollout, RolloutCounts counts)
    {
        var (candidate, stable) = (Sum(counts, share => share.Candidate), Sum(counts, share => share.Stable));
        yield return ("share now", $"{rollout.Share} %", $"{100 - rollout.Share} %", false);
        yield return ("first attempts", Words.Count(candidate.Requests), Words.Count(stable.Requests), false);
        foreach (var check in CheckPolicy.Checks)
            yield return (check.Word(), Rate(candidate, check), Rate(stable, check), RateOf(candidate, check) > RateOf(stable, check));
        if (rollout.Verdict?.Probes is { CandidateSent: > 0 } probes)
            yield return ("golden rows wrong", $"{Words.Count(probes.CandidateWrong)} of {Words.Count(probes.CandidateSent)}", $"{Words.Count(probes.StableWrong)} of {Words.Count(probes.StableSent)}", probes.CandidateWrong > 0);
        var (one, other) = (Of(status, rollout.Candidate), Of(status, rollout.Stable));
        yield return ("p50", Words.Milliseconds(one?.P50Milliseconds), Words.Milliseconds(other?.P50Milliseconds), false);
        yield return ("p99", Words.Milliseconds(one?.P99Milliseconds), Words.Milliseconds(other?.P99Milliseconds), false);
        yield return ("healthy servers", Healthy(one), Healthy(other), false);
    }

    private static ArmCounts Sum(RolloutCounts counts, Func<ShareCounts, ArmCounts> arm) => counts.Shares.Select(arm).Aggregate(ArmCounts.None, (sum, one) => sum.Plus(one));

    private static double RateOf(ArmCounts arm, RolloutCheck check) => arm.Requests == 0 ? 0 : (double)arm.Bad(check) / arm.Requests;

    private static string Rate(ArmCounts arm, RolloutCheck check) =>
        arm.Requests == 0 ? "no request" : $"{Words.Count(arm.Bad(check))} ({Words.Percent(RateOf(arm, check))})";

    private static ColorStatus? Of(TrafficStatus status, Color color) => status.Colors.FirstOrDefault(one => one.Color == color);

    private static string Healthy(ColorStatus? color) =>
        color is null ? "no server" : $"{color.Destinations.Count(server => server.Health == "healthy")} of {color.Destinations.Count}";
}
