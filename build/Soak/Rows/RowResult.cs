namespace Slipway.Soak.Rows;

/// <summary>What a row found.</summary>
/// <param name="Trials">How often it was tried.</param>
/// <param name="Failures">How many of these broke the promise; one breaks the bound.</param>
/// <param name="Figure">The figures, in one line.</param>
/// <param name="Control">Proof that the row can fail.</param>
public sealed record RowResult(long Trials, long Failures, string Figure, NegativeControl Control)
{
    /// <summary>Why a bound is broken other than by a failure, such as one of a time; null if none is.</summary>
    public string? Broken { get; init; }

    /// <summary>What a reader has to know about the figures; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The figures for programs, by name with unit.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
}

/// <summary>The same check, of something that does not keep the promise.</summary>
/// <param name="What">What was checked, in a few words.</param>
/// <param name="Found">Whether the check found it.</param>
public sealed record NegativeControl(string What, bool Found);
