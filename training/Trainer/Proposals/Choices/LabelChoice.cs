using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>What to predict, from the profile of the target column.</summary>
/// <param name="Positive">For binary.</param>
/// <param name="Negative">For binary.</param>
/// <param name="Note">The reason, for the comment in model.json.</param>
public sealed record LabelChoice(ColumnSummary Summary, ModelTask Task, string Note, string? Positive = null, string? Negative = null, string? Warning = null)
{
    public string Name => Summary.Name;
}
