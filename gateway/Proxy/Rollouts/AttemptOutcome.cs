using Slipway.Gateway.Status;

namespace Slipway.Gateway.Rollouts;

/// <summary>How a first attempt is counted, as in <see cref="Registry.Rollouts.ArmCounts"/>.</summary>
public enum AttemptOutcome
{
    Answered,
    Slow,
    Errors,
    NotFinite,
    Refused,
    Failed,
    TimedOut,
    GaveUp,
}

/// <summary>What a first attempt says about its server. Pure.</summary>
public static class AttemptOutcomes
{
    public const int Count = (int)AttemptOutcome.GaveUp + 1;

    /// <param name="status">The status of the response; null if there is none.</param>
    /// <param name="waited">Microseconds until the response's headers, or until now without any; null if the caller's own sending is part of it.</param>
    /// <param name="slow">The bound beyond which an answer is slow; null while it is unknown.</param>
    /// <returns>Null if it says nothing about the server, and is not counted.</returns>
    public static AttemptOutcome? Of(TryResult result, int? status, bool isNotFinite, long? waited, long? slow) => result switch
    {
        // what a caller did wrong never counts, however long it took to find
        TryResult.Answered => waited > slow && status < StatusCodes.Status400BadRequest ? AttemptOutcome.Slow : AttemptOutcome.Answered,
        TryResult.Error => isNotFinite ? AttemptOutcome.NotFinite : AttemptOutcome.Errors,
        TryResult.Refused => AttemptOutcome.Refused,
        TryResult.Failed => AttemptOutcome.Failed,
        TryResult.TimedOut => AttemptOutcome.TimedOut,
        // the caller left while it read the response: the server has done its part
        TryResult.Abandoned when status is { } answered => Of(TryResults.Of(Forwarding.TryOutcome.Answered, answered, wasHeldBack: false), status, isNotFinite, waited, slow),
        TryResult.Abandoned when waited > slow => AttemptOutcome.GaveUp,
        _ => null,
    };

    /// <summary>What happened to a recorded attempt, for people. A word of another release stays as it is.</summary>
    public static string Describe(string recorded) => Enum.TryParse<AttemptOutcome>(recorded, out var outcome)
        ? outcome switch
        {
            AttemptOutcome.Errors => "answered with an error",
            AttemptOutcome.NotFinite => "predicted no finite number",
            AttemptOutcome.Slow => "slower than its bound",
            AttemptOutcome.Refused => "connection refused",
            AttemptOutcome.Failed => "connection lost",
            AttemptOutcome.TimedOut => "no answer in time",
            AttemptOutcome.GaveUp => "the caller gave up",
            _ => "answered",
        }
        : recorded;

    public static bool IsBad(this AttemptOutcome outcome) => outcome != AttemptOutcome.Answered;
}
