using Slipway.Registry;

namespace Slipway.Inference.Generations;

/// <summary>A model run took too long and was cancelled.</summary>
public sealed class RunTimeoutException(int rows, TimeSpan limit, Exception inner) : SlipwayException(
    FormattableString.Invariant($"The model made no prediction for {rows} {(rows == 1 ? "row" : "rows")} within {limit.TotalSeconds:0.###} s, and was stopped."), inner);
