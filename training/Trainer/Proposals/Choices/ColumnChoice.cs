using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

public enum ColumnRole
{
    Numeric,
    Categorical,

    /// <summary>Identifies a row: decides its side of the split, and is never a feature.</summary>
    Id,

    Ignored,
}

/// <summary>The role of a column.</summary>
/// <param name="Note">The reason, for the comment next to it in model.json; null if it needs none.</param>
/// <param name="Remedy">How to make it a feature after all, if information is lost unnecessarily.</param>
/// <param name="IsSuspect">It predicts the target on its own.</param>
public sealed record ColumnChoice(ColumnSummary Summary, ColumnRole Role, string? Note = null, string? Remedy = null, bool IsSuspect = false)
{
    public string Name => Summary.Name;

    public bool IsFeature => Role is ColumnRole.Numeric or ColumnRole.Categorical;
}
