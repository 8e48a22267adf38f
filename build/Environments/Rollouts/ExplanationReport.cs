using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Rollouts;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>What a rollout was decided by, so that anybody can check it: the recorded counts, the formula with its numbers, and the verdict computed again.</summary>
public static class ExplanationReport
{
    /// <exception cref="SlipwayException">A recorded verdict does not follow from its counts.</exception>
    public static void Explain(this IProgressReport report, RolloutRecord record)
    {
        report.Show(RolloutReport.Events(record));
        foreach (var section in RolloutReport.Evidence(record))
            report.Show(section);
        var judged = record.Events.Where(happened => happened.Verdict is not null).ToList();
        if (judged.Count == 0)
        {
            report.Line("There is no verdict yet.");
            return;
        }

        var (last, verdict) = (judged[^1], judged[^1].Verdict!);
        report.Show(new("How it follows from the counts", VerdictExplanation.Lines(verdict, record.Plan.Bounds.With(last.SlowMicroseconds)).Select(line => new Paragraph(line))));
        var wrong = judged.SelectMany(happened => RecomputedVerdict.Differences(record.Plan, happened)).ToList();
        if (wrong.Count > 0)
            throw new SlipwayException($"The record of rollout {record.Plan.Id} does not agree with its own counts: {string.Join(" ", wrong)} Somebody has changed it, or another version of Slipway judged.");
        report.Line(string.Create(CultureInfo.InvariantCulture, $"Computed again from the recorded counts: {(judged.Count == 1 ? "the verdict agrees" : $"all {judged.Count} verdicts agree")}."));
    }
}
