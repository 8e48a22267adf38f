using Slipway.Gateway.Page.Html;
using Slipway.Registry.Rollouts;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Rollouts;

/// <summary>What each check says, and how far its evidence is from the bounds: for and against the candidate.</summary>
public static class RolloutChecks
{
    public static void Write(HtmlWriter html, ShownRollout rollout)
    {
        if (rollout.Verdict is not { } verdict)
        {
            html.Nothing("There is no verdict yet: the first one follows the first request that is counted.");
            return;
        }
        html.Tag("p", [("class", "lead")], () => html.Name(verdict.Sentence));
        html.Box("checks", () =>
        {
            if (verdict.Probes.CandidateSent > 0)
                Golden(html, verdict, rollout.Bounds);
            foreach (var check in verdict.Checks)
                Check(html, check, rollout.Plan.Bounds);
        });
        if (verdict.Source == VerdictSource.Requests)
            html.Tag("p", $"Together they speak against the candidate with E {VerdictText.EValue(verdict.LnFail)}; it fails at {Words.Number(1 / rollout.Plan.Bounds.FailAlpha)}.", "quiet");
        html.Tag("details", [], () =>
        {
            html.Tag("summary", "The verdict as a calculation");
            html.Tag("pre", [("tabindex", "0")], () => html.Tag("code", string.Join('\n', VerdictExplanation.Lines(verdict, rollout.Bounds))));
        });
    }

    private static void Check(HtmlWriter html, CheckVerdict check, RolloutBounds bounds) => html.Tag("div", [("class", "check")], () =>
    {
        html.Tag("h3", [], () =>
        {
            html.Text(check.Check.Word());
            html.Mark(check.Result switch { VerdictResult.Pass => "good", VerdictResult.Fail => "bad", _ => "none" }, Words.Of(check.Result));
        });
        html.Tag("p", [], () => html.Name(check.Sentence));
        // ln E is the sum of what each request adds, so its share of the bound grows steadily
        Evidence(html, "bad", "Evidence that it is worse than stable", check.LnFail, bounds.FailAlpha);
        if (check.Check != RolloutCheck.Disagreement)
            Evidence(html, "good", "Evidence that it is good enough", Math.Max(check.LnPass, check.LnAbsolute), bounds.PassAlpha);
    });

    /// <summary>What the gateway asked by itself, where callers sent too few requests to decide.</summary>
    private static void Golden(HtmlWriter html, RolloutVerdict verdict, RolloutBounds bounds) => html.Tag("div", [("class", "check")], () =>
    {
        var (probes, decides) = (verdict.Probes, verdict.Source == VerdictSource.Probe);
        html.Tag("h3", [], () =>
        {
            html.Text("golden rows");
            html.Mark(decides ? verdict.Result switch { VerdictResult.Pass => "good", VerdictResult.Fail => "bad", _ => "none" } : "none", decides ? Words.Of(verdict.Result) : "not needed");
        });
        html.Tag("p", $"golden rows: {Words.Count(probes.CandidateWrong)} of {Words.Count(probes.CandidateSent)} on the candidate were answered wrongly, {Words.Count(probes.StableWrong)} of {Words.Count(probes.StableSent)} on stable.");
        Evidence(html, "bad", "Evidence that it is worse than stable", ProbePolicy.LnFail(probes, bounds), bounds.FailAlpha);
        Evidence(html, "good", "Evidence that it is good enough", ProbePolicy.LnPass(probes, bounds), bounds.PassAlpha);
    });

    private static void Evidence(HtmlWriter html, string css, string what, double ln, double alpha)
    {
        var text = $"E {VerdictText.EValue(ln)}; the bound is {Words.Number(1 / alpha)}";
        html.Tag("p", [("class", "evidence")], () =>
        {
            html.Text(what);
            html.Tag("span", text, "quiet");
        });
        Charts.Bound(html, css, Math.Max(0, ln) / Math.Log(1 / alpha), $"{what}: {text}");
    }
}
