using Slipway.Gateway.Page.Html;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Rollouts;

/// <summary>The steps of the plan, with the present one marked.</summary>
public static class RolloutStepList
{
    public static void Write(HtmlWriter html, ShownRollout rollout) => html.Tag("ol", [("class", "steps")], () =>
    {
        var plan = rollout.Plan;
        foreach (var (at, step) in plan.Steps.Index())
            Step(html, rollout, at, $"{step.Share} %", step.Approval ? "needs an approval" : $"at least {Words.Duration(plan.Hold)} and {Words.Count(plan.MinRequests)} requests");
        Step(html, rollout, plan.Steps.Count, $"{plan.Bake.Share} %", $"bake, {Words.Duration(plan.BakeTime)}{(plan.Bake.Approval ? ", needs an approval" : "")}");
        Last(html, rollout.Phase);
    });

    private static void Step(HtmlWriter html, ShownRollout rollout, int at, string share, string what)
    {
        var (css, word) = rollout.Phase == TrafficPhase.Promoted || at < rollout.Step ? ("done", "passed")
            : at > rollout.Step ? ("", rollout.IsRunning ? "to come" : "not reached")
            : rollout.IsRunning ? ("now", "now") : ("stopped", "ended here");
        html.Tag("li", [("class", css), ("aria-current", css == "now" ? "step" : null)], () =>
        {
            html.Tag("strong", share);
            html.Tag("span", what, "quiet");
            html.Tag("span", word, "tag");
        });
    }

    private static void Last(HtmlWriter html, TrafficPhase phase)
    {
        var (css, word) = phase switch
        {
            TrafficPhase.Promoted => ("done", "reached"),
            TrafficPhase.RolledBack => ("", "rolled back"),
            TrafficPhase.Halted => ("", "halted"),
            _ => ("", "to come"),
        };
        html.Tag("li", [("class", css)], () =>
        {
            html.Tag("strong", "100 %");
            html.Tag("span", "promoted", "quiet");
            html.Tag("span", word, "tag");
        });
    }
}
