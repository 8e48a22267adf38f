using Slipway.Registry;

namespace Slipway.Inference.Generations;

/// <summary>A run of a model took too long and was ended.</summary>
public sealed class RunEndedException(int rows, TimeSpan limit, Exception inner) : SlipwayException(
    FormattableString.Invariant($"The model had no answer for {rows} {(rows == 1 ? "row" : "rows")} after {limit.TotalSeconds:0.###} s, and was stopped."), inner);
