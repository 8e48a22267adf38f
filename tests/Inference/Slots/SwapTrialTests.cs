using Slipway.Inference.Slots;

namespace Slipway.Inference.Tests.Slots;

/// <summary>A slot whose channel moves between good and bad versions at random times.</summary>
public sealed class SwapTrialTests
{
    private const int Seed = 20261130;
    private const int Steps = 60;
    private const int Versions = 6;

    private static readonly BackOff Waits = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    [Test]
    public void ABadVersionWaitsAndAGoodOneServesAtOnceWhateverCameBefore() => Trials.Run(Seed, 500, random => Follow(random, SwapPolicy.Next)).ShouldHold();

    [Test]
    public void WithoutQuarantineABadVersionIsTriedAllTheTime() => Trials.Run(Seed, 20, random => Follow(random, (state, _) =>
        state.Desired is { } desired && state.Serving?.Version != desired ? SwapDecision.Prove(desired) : SwapDecision.Stay)).ShouldFail();

    [Test]
    public void WithOneQuarantineForAllVersionsAGoodOneWaits() => Trials.Run(Seed, 20, random => Follow(random, (state, now) =>
        state.Quarantined.Any(held => now < held.RetryAt) ? SwapDecision.Wait : SwapPolicy.Next(state, now))).ShouldFail();

    private static string? Follow(Random random, Func<SlotState, TimeSpan, SwapDecision> next)
    {
        var isBad = Enumerable.Range(0, Versions + 1).Select(_ => random.Next(3) == 0).ToArray();
        var (state, now, notBefore) = (SlotState.Empty("pump"), TimeSpan.Zero, new Dictionary<int, TimeSpan>());
        for (var step = 0; step < Steps; step++)
        {
            now += TimeSpan.FromSeconds(random.NextDouble() * 5);
            if (state.Desired is null || random.Next(3) == 0)
                state = SwapPolicy.Pointed(state, random.Next(1, Versions + 1), state.Desired);
            var wanted = state.Desired!.Value;
            var decided = next(state, now);
            if (decided.Version is { } tried)
            {
                if (now < notBefore.GetValueOrDefault(tried))
                    return $"step {step}: version {tried} is tried again {notBefore[tried] - now} too early";
                state = isBad[tried] ? SwapPolicy.Rejected(state, tried, $"bytes {tried}", "NaN", now, Waits) : SwapPolicy.Proven(state, new(tried, $"onnx {tried}"));
                if (isBad[tried])
                    notBefore[tried] = now + Waits.After(1);
            }

            if (!isBad[wanted] && state.Serving?.Version != wanted)
                return $"step {step}: version {wanted} is good and does not serve";
            if (state.Serving is { } serving && isBad[serving.Version])
                return $"step {step}: version {serving.Version} is bad and serves";
        }

        return null;
    }
}
