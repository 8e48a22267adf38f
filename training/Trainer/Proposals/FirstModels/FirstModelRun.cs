using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Job;
using Slipway.Trainer.Proposals.Choices;

namespace Slipway.Trainer.Proposals.FirstModels;

/// <summary>Tests a draft: finds leaks, fits the simple and the strong trainer, and sets gates based on the better one.</summary>
public sealed class FirstModelRun(JobProgress progress, TimeProvider time)
{
    /// <param name="path">The dataset, or a sample of it.</param>
    public ProposalOutcome Propose(ProposalRequest request, ProposalDraft draft, string path, CancellationToken cancellation)
    {
        var (clean, data) = WithoutLeaks(draft, path, cancellation);
        var fitted = Fit(clean, data, cancellation);
        var chosen = fitted.Count > 1 ? FirstModel.Better(fitted[0], fitted[1]) : fitted.FirstOrDefault();
        var measured = chosen?.Measure(data, time, cancellation);
        var chance = data.Chance(clean.Label.Task);
        var gates = GateProposal.For(clean.Label, measured, data.Survey.ToMetrics(), chance, clean.MaxMissingShare);
        var spec = clean.ToSpec(chosen?.Spec.Trainer ?? TrainerNames.Linear, gates.Spec, request.Sample);
        return new(clean, spec, gates, new FirstModelResult(fitted, chosen, measured, data.Rows.Validation.Count, data.Rows.Holdout.Count, chance));
    }

    private (ProposalDraft Draft, FirstModelData Data) WithoutLeaks(ProposalDraft draft, string path, CancellationToken cancellation)
    {
        var data = Read(draft, path, cancellation);
        var leaks = new LeakSearch(draft.Label.Task, draft.Label.Name, data.Survey.Label.Classes).Find(data.Encoder, [.. data.Rows.All]);
        if (leaks.Count == 0)
            return (draft, data);

        progress.Report($"Suspects: {string.Join(", ", leaks.Keys)}");
        var clean = draft.WithoutLeaks(leaks);
        return (clean, clean.Features.Count() == draft.Features.Count() ? data : Read(clean, path, cancellation));
    }

    private static FirstModelData Read(ProposalDraft draft, string path, CancellationToken cancellation) =>
        FirstModelData.Read(draft.ToSpec(TrainerNames.Linear), path, draft.Summary.Source, cancellation);

    /// <summary>The simpler trainer first.</summary>
    private List<FirstModel> Fit(ProposalDraft draft, FirstModelData data, CancellationToken cancellation)
    {
        FirstModel?[] fitted =
        [
            TryFit(draft, TrainerNames.Linear, data, cancellation),
            TryFit(draft, TrainerNames.BoostedTrees, data, cancellation),
        ];
        return [.. fitted.OfType<FirstModel>()];
    }

    private FirstModel? TryFit(ProposalDraft draft, string trainer, FirstModelData data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var model = FirstModel.Fit(draft.ToSpec(trainer), data, progress, time, cancellation);
            progress.Report($"{trainer}: {FirstModel.LeadingMetric(draft.Label.Task)} {model.Validation.Value:0.0000} on {data.Rows.Validation.Count} validation rows");
            return model;
        }
        catch (SlipwayException e)
        {
            // a trainer that cannot run here, or found nothing, is skipped
            progress.Report($"{trainer}: {e.Message}");
            return null;
        }
    }
}

/// <summary>The result of testing a draft.</summary>
/// <param name="Chosen">Null if no trainer found anything.</param>
/// <param name="Chance">The holdout metrics of a constant prediction.</param>
public sealed record FirstModelResult(
    IReadOnlyList<FirstModel> Fitted, FirstModel? Chosen, ModelMetrics? Measured, int ValidationRows, int HoldoutRows, IReadOnlyDictionary<string, double> Chance);

public sealed record ProposalOutcome(ProposalDraft Draft, ModelSpec Spec, GateProposal Gates, FirstModelResult Result);
