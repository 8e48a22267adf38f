using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

public enum ColumnRole
{
    Numeric,
    Categorical,

    /// <summary>Names a row: decides its side of the split, and is never a feature.</summary>
    Id,

    Ignored,
}

/// <summary>What becomes of a column.</summary>
/// <param name="Note">Why, for the comment beside it in model.json; null where it needs no word.</param>
/// <param name="Remedy">What to do to learn from it after all, where information is lost that need not be.</param>
/// <param name="IsSuspect">It tells the label all alone.</param>
public sealed record ColumnChoice(ColumnLook Look, ColumnRole Role, string? Note = null, string? Remedy = null, bool IsSuspect = false)
{
    public string Name => Look.Name;

    public bool IsFeature => Role is ColumnRole.Numeric or ColumnRole.Categorical;
}
