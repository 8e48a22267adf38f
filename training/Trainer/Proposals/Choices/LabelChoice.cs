using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>What is to be learned, from the looks of the label.</summary>
/// <param name="Positive">For binary.</param>
/// <param name="Negative">For binary.</param>
/// <param name="Note">Why, for the comment in model.json.</param>
public sealed record LabelChoice(ColumnLook Look, ModelTask Task, string Note, string? Positive = null, string? Negative = null, string? Warning = null)
{
    public string Name => Look.Name;
}
