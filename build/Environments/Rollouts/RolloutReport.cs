using System.Globalization;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>A rollout and its verdict as tables, for the terminal and for the summary of a workflow run.</summary>
public static class RolloutReport
{
    private const int MaxIds = 20;

    /// <summary>What decided: the last verdict, and the requests behind it.</summary>
    public static IEnumerable<Section> Evidence(RolloutRecord record)
    {
        if (record.Events.LastOrDefault(happened => happened.Verdict is not null) is not { Verdict: { } verdict } last)
            yield break;
        yield return Verdict(verdict, record.Plan);
        if (last.Deciding.Count > 0)
            yield return Deciding(last.Deciding);
    }

    /// <summary>Everything that happened, in order.</summary>
    public static Section Events(RolloutRecord record) => new(
        $"Rollout {record.Plan.Id} of {RolloutDescription.Subject(record.Plan)} to {record.Candidate.Word()}",
        [
            new Table(
                [new("time", ColumnStyle.RowHeader), new("phase"), new("share", ColumnStyle.Number), new("reason", ColumnStyle.Prose)],
                [.. record.Events.Select(happened => (IReadOnlyList<Cell>)
                [
                    happened.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture), RolloutProgress.Word(happened.Phase), Percent(happened.Share), happened.Reason,
                ])]),
        ]);

    /// <summary>The counts of each check, what follows from them, and the figures that people know from samples of a fixed size, which decide nothing.</summary>
    public static Section Verdict(RolloutVerdict verdict, RolloutPlan plan) => new(
        $"Verdict: {RolloutProgress.Word(verdict.Result)}",
        [
            new Paragraph(verdict.Sentence, ParagraphStyle.Verdict),
            new Table(
                [
                    new("check", ColumnStyle.RowHeader), new("candidate", ColumnStyle.Number), new("stable", ColumnStyle.Number), new("ln E worse", ColumnStyle.Number),
                    new("ln E no worse", ColumnStyle.Number), new("ln E below bound", ColumnStyle.Number), new("result"), new("difference, 95 %", ColumnStyle.Number), new("Fisher p", ColumnStyle.Number),
                ],
                [.. verdict.Checks.Select(check => Row(check, verdict.Counts)), Limits(plan.Bounds)]),
            verdict.Probes == ProbeCounts.None ? null : new Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"Golden sets: {verdict.Probes.CandidateWrong} of {verdict.Probes.CandidateSent} answers of the candidate were wrong, {verdict.Probes.StableWrong} of {verdict.Probes.StableSent} of stable.")),
            new Paragraph("The differences (Newcombe) and Fisher's p are those of a sample of a fixed size. They decide nothing.", ParagraphStyle.Quiet),
        ], "verdict");

    private static IReadOnlyList<Cell> Row(CheckVerdict check, RolloutCounts counts)
    {
        if (check.Check == RolloutCheck.Disagreement)
            return [RolloutProgress.Word(check.Check), Of(check.Bad, check.Requests), "", Number(check.LnFail), "", "", RolloutProgress.Word(check.Result), "", ""];
        var (candidate, stable) = (counts.CandidateRequests, counts.StableRequests);
        var (bad, stableBad) = (counts.Shares.Sum(share => share.Candidate.Bad(check.Check)), counts.Shares.Sum(share => share.Stable.Bad(check.Check)));
        var difference = FixedSample.Newcombe(bad, candidate, stableBad, stable);
        var isComparable = candidate > 0 && stable > 0;
        return
        [
            RolloutProgress.Word(check.Check), Of(bad, candidate), Of(stableBad, stable), Number(check.LnFail), Number(check.LnPass), Number(check.LnAbsolute),
            RolloutProgress.Word(check.Result),
            isComparable ? string.Create(CultureInfo.InvariantCulture, $"{100 * difference.Lower:0.0} to {100 * difference.Upper:0.0} %") : "",
            isComparable ? FixedSample.FisherGreater(bad, candidate, stableBad, stable).ToString("0.####", CultureInfo.InvariantCulture) : "",
        ];
    }

    private static IReadOnlyList<Cell> Limits(RolloutBounds bounds) =>
        ["limit", "", "", Number(Math.Log(1 / bounds.FailAlpha)), Number(Math.Log(1 / bounds.PassAlpha)), Number(Math.Log(1 / bounds.PassAlpha)), "", "", ""];

    private static Section Deciding(IReadOnlyList<BadAttempt> deciding) => new(
        "The bad requests on the candidate that were counted last",
        [
            new Table(
                [new("id", ColumnStyle.RowHeader), new("check"), new("outcome"), new("share", ColumnStyle.Number), new("server"), new("time")],
                [.. deciding.TakeLast(MaxIds).Select(bad => (IReadOnlyList<Cell>)
                [
                    bad.Id, RolloutProgress.Word(bad.Check), bad.Outcome, Percent(bad.Share), bad.Replica, bad.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture),
                ])]),
        ]);

    private static string Of(long bad, long all) => string.Create(CultureInfo.InvariantCulture, $"{bad} of {all}");

    private static string Percent(int share) => string.Create(CultureInfo.InvariantCulture, $"{share} %");

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
