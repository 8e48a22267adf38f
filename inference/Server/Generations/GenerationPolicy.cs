using static Slipway.Inference.Generations.GenerationEvent;
using static Slipway.Inference.Generations.GenerationState;

namespace Slipway.Inference.Generations;

/// <summary>The transitions of a generation. Pure.</summary>
/// <remarks>
/// <code>
/// event             Proving    Baking     Serving    Draining
/// Rejected          Draining   -          -          -
/// SwappedIn         Serving    -          -          -
/// SwappedInToBake   Baking     -          -          -
/// Baked             -          Serving    -          -
/// PutBack           -          Draining   -          -
/// Replaced          -          Draining   Draining   -
/// Returned          -          -          -          Serving
/// Evicted           -          -          Draining   -
/// Closed            -          Draining   Draining   Draining
/// </code>
/// </remarks>
public static class GenerationPolicy
{
    /// <returns>Null if the event cannot happen in this state.</returns>
    public static GenerationState? Next(GenerationState state, GenerationEvent happened) => (state, happened) switch
    {
        (Proving, Rejected) => Draining,
        (Proving, SwappedIn) => Serving,
        (Proving, SwappedInToBake) => Baking,
        (Baking, Baked) => Serving,
        (Baking, PutBack) => Draining,
        (Baking or Serving, Replaced) => Draining,
        (Serving, Evicted) => Draining,
        (Draining, Returned) => Serving,
        (Baking or Serving or Draining, Closed) => Draining,
        _ => null,
    };

    /// <summary>Whether requests are answered by a generation in this state.</summary>
    public static bool Answers(GenerationState state) => state is Baking or Serving;
}
