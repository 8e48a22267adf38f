using System.Globalization;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Retraining;

/// <summary>What a decision is based on.</summary>
/// <param name="Serves">The model's champion.</param>
/// <param name="Found">A cause that holds for the champion now.</param>
/// <param name="Dataset">The newest dataset, if the model can be trained on it; null if it was trained on already.</param>
/// <param name="IsTraining">The training that was started last has not ended.</param>
public sealed record RetrainFacts(RetrainSpec Spec, int Serves, RetrainCause? Found, KeptDataset? Dataset, bool IsTraining, DateTimeOffset Now);

/// <summary>
/// When a model is trained again: once for each cause, not before the cooldown has passed, and not more often than allowed in a day. A cause stands until a training
/// answers it or another version serves. Pure.
/// </summary>
public static class RetrainPolicy
{
    // as many as may start in a day, so that the causes that they answered are known for at least as long
    private const int MaxStarts = 2 * RetrainSpec.MaxPerDay;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>A training that was decided on and may not have been started: whoever sees it completes it.</summary>
    public static RetrainStart? Pending(RetrainState? state) => state?.Starts is [.., { Job: null } last] ? last : null;

    /// <returns>The next state; its <see cref="Pending"/> training is to be started.</returns>
    public static RetrainState Decide(RetrainState? state, RetrainFacts facts)
    {
        if (Pending(state) is not null)
            return state!;

        var starts = Starts(state, facts.Now);
        var cause = Standing(state?.Cause, starts, facts) ?? Standing(facts.Found, starts, facts);
        if (facts.IsTraining && starts.Count > 0)
            return Next(RetrainPhase.Trains, Runs(starts[^1]));
        if (cause is null)
            return Next(RetrainPhase.WaitsForCause, $"Nothing asks for a training of the model. {Kept(facts.Dataset)}");
        if (facts.Dataset is null)
            return Next(RetrainPhase.WaitsForData, $"The model waits for data: {cause.Sentence}, and it was trained on the newest dataset. The next one that arrives is trained on at once.");
        if (Earliest(starts, facts.Spec) is { } earliest && earliest > facts.Now)
            return Next(RetrainPhase.CoolsDown, $"The model is not trained before {Text(earliest)}, although {cause.Sentence}: the last training with a cause was started at {Text(starts[^1].At)}.");

        starts = [.. starts, new(cause, facts.Dataset, facts.Now)];
        cause = null;
        return Next(RetrainPhase.Trains, $"A training on '{facts.Dataset.Key}' is being started, because {starts[^1].Cause.Sentence}.");

        RetrainState Next(RetrainPhase phase, string sentence) =>
            new(phase, sentence, state?.Phase == phase ? state.Since : facts.Now, cause, facts.Dataset, starts);
    }

    /// <summary>The pending training has become a job.</summary>
    public static RetrainState Started(RetrainState state, string job)
    {
        var start = Pending(state)! with { Job = job };
        return state with
        {
            Sentence = Runs(start),
            Kept = null,
            Starts = [.. state.Starts.SkipLast(1), start],
        };
    }

    /// <summary>The pending training cannot start, because its dataset is gone or superseded: its cause stands again.</summary>
    public static RetrainState Abandoned(RetrainState state, DateTimeOffset now)
    {
        var start = Pending(state)!;
        return new(
            RetrainPhase.WaitsForData, $"The model waits for data: {start.Cause.Sentence}, and '{start.Dataset.Key}' can no longer be trained on.", now, start.Cause, Kept: null,
            [.. state.Starts.SkipLast(1)]);
    }

    private static RetrainCause? Standing(RetrainCause? cause, IReadOnlyList<RetrainStart> starts, RetrainFacts facts) =>
        cause is not null && cause.Version == facts.Serves && facts.Spec.On.Any(kind => kind.Word() == cause.Kind) && starts.All(start => start.Cause.Key != cause.Key) ? cause : null;

    // A clock that was ahead must not delay a training by more than the cooldown.
    private static List<RetrainStart> Starts(RetrainState? state, DateTimeOffset now) =>
        [.. (state?.Starts ?? []).TakeLast(MaxStarts).Select(start => start.At > now ? start with { At = now } : start)];

    private static DateTimeOffset? Earliest(List<RetrainStart> starts, RetrainSpec spec)
    {
        if (starts.Count == 0)
            return null;
        var cooled = starts[^1].At + spec.CooldownTime;
        return starts.Count >= spec.PerDay && starts[^spec.PerDay].At + Day is var allowed && allowed > cooled ? allowed : cooled;
    }

    private static string Runs(RetrainStart start) => $"Training job {start.Job} runs on '{start.Dataset.Key}', because {start.Cause.Sentence}.";

    private static string Kept(KeptDataset? dataset) => dataset is null ? "It was trained on the newest dataset." : $"'{dataset.Key}' is kept until something does.";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
