using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Status;

namespace Slipway.Gateway.Tests.Rollouts;

public class AttemptOutcomesTests
{
    [TestCase(TryResult.Answered, 200, false, 90L, AttemptOutcome.Answered)]
    [TestCase(TryResult.Answered, 200, false, 101L, AttemptOutcome.Slow)]
    [TestCase(TryResult.Answered, 422, false, 101L, AttemptOutcome.Answered, Description = "what the caller did wrong")]
    [TestCase(TryResult.Answered, 200, false, null, AttemptOutcome.Answered, Description = "its caller's own sending is part of the time")]
    [TestCase(TryResult.Error, 500, false, 90L, AttemptOutcome.Errors)]
    [TestCase(TryResult.Error, 500, true, 90L, AttemptOutcome.NotFinite)]
    [TestCase(TryResult.Error, 504, false, 900L, AttemptOutcome.Errors)]
    [TestCase(TryResult.Refused, 503, false, 90L, AttemptOutcome.Refused)]
    [TestCase(TryResult.Failed, null, false, 90L, AttemptOutcome.Failed)]
    [TestCase(TryResult.TimedOut, null, false, 900L, AttemptOutcome.TimedOut)]
    [TestCase(TryResult.NotPassable, null, false, 90L, null)]
    [TestCase(TryResult.Abandoned, null, false, 101L, AttemptOutcome.GaveUp)]
    [TestCase(TryResult.Abandoned, null, false, 100L, null, Description = "a caller with less patience than the bound says nothing")]
    [TestCase(TryResult.Abandoned, null, false, null, null)]
    [TestCase(TryResult.Abandoned, 200, false, 90L, AttemptOutcome.Answered, Description = "it left while it read the answer")]
    [TestCase(TryResult.Abandoned, 500, false, 90L, AttemptOutcome.Errors)]
    [TestCase(TryResult.Abandoned, 200, false, 101L, AttemptOutcome.Slow)]
    public void SaysWhatAnAttemptShowsOfItsServer(TryResult result, int? status, bool isNotFinite, long? waited, AttemptOutcome? expected) =>
        Assert.That(AttemptOutcomes.Of(result, status, isNotFinite, waited, slow: 100), Is.EqualTo(expected));

    [Test]
    public void WithoutABoundNothingIsSlow()
    {
        Assert.That(AttemptOutcomes.Of(TryResult.Answered, 200, false, long.MaxValue, slow: null), Is.EqualTo(AttemptOutcome.Answered));
        Assert.That(AttemptOutcomes.Of(TryResult.Abandoned, null, false, long.MaxValue, slow: null), Is.Null);
    }

    [Test]
    public void EachBadOutcomeHasWordsForPeopleAndOneOfAnotherReleaseStaysAsItIs()
    {
        var described = Enum.GetValues<AttemptOutcome>().Where(AttemptOutcomes.IsBad).Select(outcome => AttemptOutcomes.Describe(outcome.ToString())).ToList();
        Assert.That(described, Is.Unique.And.None.EqualTo("answered").And.None.AnyOf(Enum.GetNames<AttemptOutcome>()));
        Assert.That(AttemptOutcomes.Describe("Vanished"), Is.EqualTo("Vanished"));
    }
}
